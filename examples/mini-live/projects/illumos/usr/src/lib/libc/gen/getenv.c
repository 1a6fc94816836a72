/* getenv: looks in environ, which the startup code has set. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
char **environ;
char *
getenv(const char *name)
{
	size_t n = strlen(name);
	for (char **e = environ; e != NULL && *e != NULL; e++) {
		if (strncmp(*e, name, n) == 0 && (*e)[n] == '=')
			return (*e + n + 1);
	}
	return (NULL);
}
