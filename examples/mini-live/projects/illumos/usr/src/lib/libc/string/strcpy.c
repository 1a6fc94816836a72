/* strcpy, strcat: the caller has made room. */
#include <string.h>
char *
strcpy(char *to, const char *from)
{
	memcpy(to, from, strlen(from) + 1);
	return (to);
}
char *
strcat(char *to, const char *from)
{
	strcpy(to + strlen(to), from);
	return (to);
}
