/* strdup: a copy the caller frees, or NULL. */
#include <string.h>
#include <stdlib.h>
char *
strdup(const char *s)
{
	size_t n = strlen(s) + 1;
	char *copy = malloc(n);
	if (copy != NULL)
		memcpy(copy, s, n);
	return (copy);
}
