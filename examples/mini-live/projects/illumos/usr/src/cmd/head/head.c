/* head: the first lines of each input; -n says how many. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <libcmdutils.h>
static long want = 10;
static int
show(FILE *f, const char *name)
{
	long n = 0;
	int c;
	while (n < want && (c = getc(f)) != EOF) {
		putchar(c);
		n += c == '\n';
	}
	return (ferror(f) != 0);
}
int
main(int argc, char **argv)
{
	int c;
	while ((c = getopt(argc, argv, "n:")) != -1) {
		if (c != 'n')
			return (2);
		want = atol(optarg);
	}
	return (each_input(argc - optind, argv + optind, show));
}
