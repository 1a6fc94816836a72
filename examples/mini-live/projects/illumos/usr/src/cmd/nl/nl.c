/* nl: numbers before lines that are not empty. */
#include <stdio.h>
#include <stdlib.h>
#include <libcmdutils.h>
static unsigned long n;
static int
number(FILE *f, const char *name)
{
	char *line;
	while ((line = read_line(f)) != NULL) {
		if (*line == '\0')
			putchar('\n');
		else
			printf("%6lu\t%s\n", ++n, line);
		free(line);
	}
	return (0);
}
int
main(int argc, char **argv)
{
	return (each_input(argc - 1, argv + 1, number));
}
