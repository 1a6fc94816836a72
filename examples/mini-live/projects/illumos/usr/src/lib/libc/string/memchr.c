/* memchr: first byte equal to c, or NULL. */
#include <string.h>
void *
memchr(const void *a, int c, size_t n)
{
	const unsigned char *p = a;
	for (; n > 0; n--, p++) {
		if (*p == (unsigned char)c)
			return ((void *)p);
	}
	return (NULL);
}
