/* cut: -c columns or -f fields (with -d their mark) of each line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <libcmdutils.h>
static unsigned char wanted[1024];
static char mark = '\t';
static int fields;
static int
cut(FILE *f, const char *name)
{
	char *line;
	while ((line = read_line(f)) != NULL) {
		size_t n = 0;
		int first = 1;
		char *rest = line, *part, one[2] = { mark, '\0' };
		if (!fields) {
			for (; line[n] != '\0'; n++) {
				if (n < sizeof (wanted) && wanted[n])
					putchar(line[n]);
			}
		} else if (strchr(line, mark) == NULL) {
			fputs(line, stdout);
		} else {
			while ((part = strsep(&rest, one)) != NULL) {
				if (n < sizeof (wanted) && wanted[n]) {
					if (!first)
						putchar(mark);
					fputs(part, stdout);
					first = 0;
				}
				n++;
			}
		}
		putchar('\n');
		free(line);
	}
	return (0);
}
int
main(int argc, char **argv)
{
	const char *list = NULL;
	int c;
	while ((c = getopt(argc, argv, "c:f:d:")) != -1) {
		switch (c) {
		case 'f': fields = 1;
			/* FALLTHROUGH */
		case 'c': list = optarg; break;
		case 'd': mark = optarg[0]; break;
		default: return (2);
		}
	}
	if (list == NULL || parse_ranges(list, wanted, sizeof (wanted)) != 0) {
		fprintf(stderr, "cut: a list of columns or fields is needed\n");
		return (2);
	}
	return (each_input(argc - optind, argv + optind, cut));
}
