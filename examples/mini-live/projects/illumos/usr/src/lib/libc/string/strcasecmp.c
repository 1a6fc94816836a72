/* strcasecmp, strncasecmp: as strcmp on lower-cased bytes. */
#include <strings.h>
#include <ctype.h>
int
strncasecmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; n--, a++, b++) {
		int x = tolower((unsigned char)*a), y = tolower((unsigned char)*b);
		if (x != y || x == 0)
			return (x - y);
	}
	return (0);
}
int
strcasecmp(const char *a, const char *b)
{
	return (strncasecmp(a, b, (size_t)-1));
}
