/* rev: each line backwards. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libcmdutils.h>
static int
turn(FILE *f, const char *name)
{
	char *line;
	while ((line = read_line(f)) != NULL) {
		for (size_t n = strlen(line); n > 0; n--)
			putchar(line[n - 1]);
		putchar('\n');
		free(line);
	}
	return (0);
}
int
main(int argc, char **argv)
{
	return (each_input(argc - 1, argv + 1, turn));
}
