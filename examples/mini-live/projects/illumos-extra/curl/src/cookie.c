/* cookie: name and value of a Set-Cookie field; attributes are skipped. */
#include <string.h>
#include "curlmini.h"
int
curl_cookie(const char *field, char *name, size_t ns, char *value, size_t vs)
{
	size_t n = strcspn(field, "=;"), v;
	if (field[n] != '=' || n == 0 || n >= ns)
		return (-1);
	memcpy(name, field, n);
	name[n] = '\0';
	field += n + 1;
	v = strcspn(field, ";");
	while (v > 0 && field[v - 1] == ' ')
		v--;
	if (v >= vs)
		return (-1);
	memcpy(value, field, v);
	value[v] = '\0';
	return (0);
}
