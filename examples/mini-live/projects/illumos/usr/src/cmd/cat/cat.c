/* cat: copies its inputs to standard output; -n numbers the lines. */
#include <stdio.h>
#include <string.h>
#include <libcmdutils.h>
static int numbered;
static unsigned long line;
static int
copy(FILE *f, const char *name)
{
	int c, start = 1;
	while ((c = getc(f)) != EOF) {
		if (start && numbered)
			printf("%6lu\t", ++line);
		start = c == '\n';
		putchar(c);
	}
	return (ferror(f) != 0);
}
int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "-n") == 0) {
		numbered = 1;
		argc--;
		argv++;
	}
	return (each_input(argc - 1, argv + 1, copy));
}
