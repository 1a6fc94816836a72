/* strncpy: exactly n bytes are written, padded with NUL. */
#include <string.h>
char *
strncpy(char *to, const char *from, size_t n)
{
	size_t len = strnlen(from, n);
	memcpy(to, from, len);
	memset(to + len, 0, n - len);
	return (to);
}
