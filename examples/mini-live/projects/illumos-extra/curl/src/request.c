/* request: the text of one HTTP/1.1 request; a result that does not fit is an error. */
#include <stdio.h>
#include <string.h>
#define AGENT "curl"
#include <openssl/minicrypto.h>
#include "curlmini.h"
static void auth(char *, size_t, const char *);
int
curl_request(const struct curl_url *u, const char *method, char *out, size_t size)
{
	char host[256];
	if (curl_host_ascii(u->host, host, sizeof (host)) < 0)
		return (-1);
	snprintf(out, size, "%s %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nAccept-Encoding: zmini\r\n", method, u->path, host, AGENT);
	if (u->user[0] != '\0')
		auth(out, size, u->user);
	strlcat(out, "\r\n", size);
	return (strlen(out) + 1 < size ? 0 : -1);
}
static void
auth(char *out, size_t size, const char *user)
{
	char coded[128];
	mc_base64(coded, (const mc_u8 *)user, strlen(user));
	strlcat(out, "Authorization: Basic ", size);
	strlcat(out, coded, size);
	strlcat(out, "\r\n", size);
}
