/* cmp: the first byte in which two files differ; -s only answers. */
#include <stdio.h>
#include <unistd.h>
#include <libcmdutils.h>
int
main(int argc, char **argv)
{
	int silent = 0, c;
	unsigned long at = 1, line = 1;
	FILE *a, *b;
	while ((c = getopt(argc, argv, "s")) != -1) {
		if (c != 's')
			return (2);
		silent = 1;
	}
	if (argc - optind != 2 || (a = input_open(argv[optind])) == NULL || (b = input_open(argv[optind + 1])) == NULL)
		return (2);
	for (;; at++) {
		int x = getc(a), y = getc(b);
		if (x == EOF && y == EOF)
			return (0);
		if (x != y) {
			if (!silent && (x == EOF || y == EOF))
				fprintf(stderr, "cmp: EOF on %s\n", argv[optind + (x == EOF ? 0 : 1)]);
			else if (!silent)
				printf("%s %s differ: char %lu, line %lu\n", argv[optind], argv[optind + 1], at, line);
			return (1);
		}
		line += x == '\n';
	}
}
