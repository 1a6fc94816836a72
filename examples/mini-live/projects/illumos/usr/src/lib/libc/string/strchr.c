/* strchr, strrchr: the NUL itself may be searched for. */
#include <string.h>
char *
strchr(const char *s, int c)
{
	for (;; s++) {
		if (*s == (char)c)
			return ((char *)s);
		if (*s == '\0')
			return (NULL);
	}
}
char *
strrchr(const char *s, int c)
{
	const char *found = NULL;
	for (;; s++) {
		if (*s == (char)c)
			found = s;
		if (*s == '\0')
			return ((char *)found);
	}
}
