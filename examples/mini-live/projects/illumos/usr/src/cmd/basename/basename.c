/* basename: the last part of a path, without a suffix that is named. */
#include <libgen.h>
#include <stdio.h>
#include <string.h>
int
main(int argc, char **argv)
{
	char *b;
	if (argc < 2)
		return (2);
	b = basename(argv[1]);
	if (argc > 2) {
		size_t n = strlen(b), m = strlen(argv[2]);
		if (m < n && strcmp(b + n - m, argv[2]) == 0)
			b[n - m] = '\0';
	}
	puts(b);
	return (0);
}
