/* od: sixteen bytes a line, in octal, or with -x in hexadecimal, or with -c as characters. */
#include <ctype.h>
#include <stdio.h>
#include <unistd.h>
#include <libcmdutils.h>
static char kind = 'o';
static int
dump(FILE *f, const char *name)
{
	unsigned char b[16];
	unsigned long at = 0;
	size_t n;
	while ((n = fread(b, 1, sizeof (b), f)) > 0) {
		printf("%07lo", at);
		for (size_t i = 0; i < n; i++) {
			if (kind == 'x')
				printf("  %02x", b[i]);
			else if (kind == 'c' && isprint(b[i]))
				printf("   %c", b[i]);
			else
				printf(" %03o", b[i]);
		}
		putchar('\n');
		at += n;
	}
	printf("%07lo\n", at);
	return (0);
}
int
main(int argc, char **argv)
{
	int c;
	while ((c = getopt(argc, argv, "oxc")) != -1) {
		if (c == '?')
			return (2);
		kind = (char)c;
	}
	return (each_input(argc - optind, argv + optind, dump));
}
