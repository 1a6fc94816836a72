/* execvp: a name without a slash is looked for along PATH. */
#include <unistd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <limits.h>
int
execvp(const char *name, char *const *argv)
{
	const char *path = getenv("PATH");
	char full[PATH_MAX];
	if (strchr(name, '/') != NULL)
		return (execve(name, argv, environ));
	if (path == NULL)
		path = "/usr/bin:/usr/sbin";
	for (;;) {
		size_t n = strcspn(path, ":");
		if (snprintf(full, sizeof (full), "%.*s/%s", (int)n, path, name) < (int)sizeof (full))
			(void)execve(full, argv, environ);
		if (path[n] == '\0')
			return (-1);
		path += n + 1;
	}
}
