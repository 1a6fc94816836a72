/* strstr: first place where the whole needle stands. */
#include <string.h>
char *
strstr(const char *hay, const char *needle)
{
	size_t n = strlen(needle);
	for (; *hay != '\0' || n == 0; hay++) {
		if (strncmp(hay, needle, n) == 0)
			return ((char *)hay);
	}
	return (NULL);
}
