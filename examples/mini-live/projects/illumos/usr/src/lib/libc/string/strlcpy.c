/* strlcpy, strlcat: the result always ends in NUL; the return value tells what was needed. */
#include <string.h>
size_t
strlcpy(char *to, const char *from, size_t size)
{
	size_t len = strlen(from);
	if (size > 0) {
		size_t n = len < size - 1 ? len : size - 1;
		memcpy(to, from, n);
		to[n] = '\0';
	}
	return (len);
}
size_t
strlcat(char *to, const char *from, size_t size)
{
	size_t used = strnlen(to, size);
	if (used == size)
		return (size + strlen(from));
	return (used + strlcpy(to + used, from, size - used));
}
