/* strings: runs of at least four printable characters. */
#include <ctype.h>
#include <stdio.h>
#include <libcmdutils.h>
static int
find(FILE *f, const char *name)
{
	char run[4];
	int n = 0, c;
	while ((c = getc(f)) != EOF) {
		if (isprint(c) || c == '\t') {
			if (n < 4)
				run[n] = (char)c;
			n++;
			if (n == 4)
				fwrite(run, 1, 4, stdout);
			else if (n > 4)
				putchar(c);
		} else {
			if (n >= 4)
				putchar('\n');
			n = 0;
		}
	}
	return (0);
}
int
main(int argc, char **argv)
{
	return (each_input(argc - 1, argv + 1, find));
}
