/* sort: all lines in memory; -n by number, -r backwards, -u each once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <libcmdutils.h>
static char **lines;
static size_t count, room;
static int numeric, reverse, unique;
static int
compare(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	int r;
	if (numeric) {
		double p = strtod(x, NULL), q = strtod(y, NULL);
		r = p < q ? -1 : p > q;
		if (r == 0)
			r = strcmp(x, y);
	} else {
		r = strcmp(x, y);
	}
	return (reverse ? -r : r);
}
static int
collect(FILE *f, const char *name)
{
	char *line;
	while ((line = read_line(f)) != NULL) {
		if (count == room) {
			size_t more = room == 0 ? 256 : room * 2;
			char **p = realloc(lines, more * sizeof (*p));
			if (p == NULL) {
				free(line);
				return (2);
			}
			lines = p;
			room = more;
		}
		lines[count++] = line;
	}
	return (0);
}
int
main(int argc, char **argv)
{
	int c, r;
	while ((c = getopt(argc, argv, "nru")) != -1) {
		switch (c) {
		case 'n': numeric = 1; break;
		case 'r': reverse = 1; break;
		case 'u': unique = 1; break;
		default: return (2);
		}
	}
	r = each_input(argc - optind, argv + optind, collect);
	if (count > 0)
		qsort(lines, count, sizeof (*lines), compare);
	for (size_t i = 0; i < count; i++) {
		if (!unique || i == 0 || compare(&lines[i - 1], &lines[i]) != 0)
			puts(lines[i]);
	}
	return (r);
}
