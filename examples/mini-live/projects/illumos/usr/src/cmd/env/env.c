/* env: sets name=value, then runs a command, or prints all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int
main(int argc, char **argv)
{
	static char *set[256];
	size_t n = 0;
	int i = 1;
	for (; i < argc && strchr(argv[i], '=') != NULL && n < 64; i++)
		set[n++] = argv[i];
	for (char **e = environ; *e != NULL && n < 255; e++) {
		size_t len = strcspn(*e, "="), k = 0;
		while (k < n && !(strncmp(set[k], *e, len) == 0 && set[k][len] == '='))
			k++;
		if (k == n)
			set[n++] = *e;
	}
	set[n] = NULL;
	environ = set;
	if (i == argc) {
		for (size_t k = 0; k < n; k++)
			puts(set[k]);
		return (0);
	}
	execvp(argv[i], argv + i);
	perror(argv[i]);
	return (127);
}
