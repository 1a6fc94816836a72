/* url: scheme://user@host:port/path, every part copied with its limit checked. */
#include <stdlib.h>
#include <string.h>
#include "curlmini.h"
static int
part(char *to, size_t size, const char *from, size_t n)
{
	if (n >= size)
		return (-1);
	memcpy(to, from, n);
	to[n] = '\0';
	return (0);
}
int
curl_url_parse(const char *s, struct curl_url *u)
{
	const char *colon = strstr(s, "://"), *at, *end;
	size_t n;
	memset(u, 0, sizeof (*u));
	if (colon == NULL || part(u->scheme, sizeof (u->scheme), s, (size_t)(colon - s)) != 0)
		return (-1);
	s = colon + 3;
	end = s + strcspn(s, "/?#");
	at = memchr(s, '@', (size_t)(end - s));
	if (at != NULL) {
		if (part(u->user, sizeof (u->user), s, (size_t)(at - s)) != 0)
			return (-1);
		s = at + 1;
	}
	n = *s == '[' ? strcspn(s, "]") + 1 : strcspn(s, ":/?#");
	if (n == 0 || s + n > end || part(u->host, sizeof (u->host), s, n) != 0)
		return (-1);
	u->port = strcmp(u->scheme, "https") == 0 ? 443 : strcmp(u->scheme, "ftp") == 0 ? 21 : 80;
	if (s[n] == ':')
		u->port = atoi(s + n + 1);
	if (u->port < 1 || u->port > 65535)
		return (-1);
	return (part(u->path, sizeof (u->path), *end == '\0' ? "/" : end, *end == '\0' ? 1 : strcspn(end, "#")));
}
