/* strcmp, strncmp: order of unsigned bytes. */
#include <string.h>
int
strcmp(const char *a, const char *b)
{
	while (*a != '\0' && *a == *b)
		a++, b++;
	return ((unsigned char)*a - (unsigned char)*b);
}
int
strncmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; n--, a++, b++) {
		if (*a != *b || *a == '\0')
			return ((unsigned char)*a - (unsigned char)*b);
	}
	return (0);
}
