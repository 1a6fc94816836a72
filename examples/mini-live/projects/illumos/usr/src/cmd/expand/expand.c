/* expand: tabs become blanks up to the next multiple of eight. */
#include <stdio.h>
#include <libcmdutils.h>
static int
expand(FILE *f, const char *name)
{
	int c, at = 0;
	while ((c = getc(f)) != EOF) {
		if (c == '\t') {
			do
				putchar(' ');
			while (++at % 8 != 0);
		} else {
			putchar(c);
			at = c == '\n' ? 0 : at + 1;
		}
	}
	return (0);
}
int
main(int argc, char **argv)
{
	return (each_input(argc - 1, argv + 1, expand));
}
