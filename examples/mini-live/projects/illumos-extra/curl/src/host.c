/* host: a name in any script as the resolver wants it; an address in brackets passes. */
#include <string.h>
#include <idnmini.h>
#include "curlmini.h"
int
curl_host_ascii(const char *host, char *out, size_t size)
{
	if (host[0] == '[')
		return (strlcpy(out, host, size) < size ? 0 : -1);
	return (idn_to_ascii(host, out, (int)size));
}
