/* fold: lines no wider than -w columns; a tab reaches the next multiple of eight. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <libcmdutils.h>
static int width = 80;
static int
fold(FILE *f, const char *name)
{
	int c, at = 0;
	while ((c = getc(f)) != EOF) {
		int next = c == '\n' ? 0 : c == '\t' ? (at / 8 + 1) * 8 : at + 1;
		if (next > width && c != '\n') {
			putchar('\n');
			next = c == '\t' ? 8 : 1;
		}
		putchar(c);
		at = next;
	}
	return (0);
}
int
main(int argc, char **argv)
{
	int c;
	while ((c = getopt(argc, argv, "w:")) != -1) {
		if (c != 'w' || (width = atoi(optarg)) < 1)
			return (2);
	}
	return (each_input(argc - optind, argv + optind, fold));
}
