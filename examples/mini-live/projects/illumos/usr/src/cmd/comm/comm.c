/* comm: lines of two sorted files in three columns: only in one, only in the other, in both. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libcmdutils.h>
int
main(int argc, char **argv)
{
	FILE *a, *b;
	char *x, *y;
	if (argc != 3 || (a = input_open(argv[1])) == NULL || (b = input_open(argv[2])) == NULL)
		return (2);
	x = read_line(a);
	y = read_line(b);
	while (x != NULL || y != NULL) {
		int order = x == NULL ? 1 : y == NULL ? -1 : strcmp(x, y);
		printf("%s%s\n", order < 0 ? "" : order > 0 ? "\t" : "\t\t", order <= 0 ? x : y);
		if (order <= 0) {
			free(x);
			x = read_line(a);
		}
		if (order >= 0) {
			free(y);
			y = read_line(b);
		}
	}
	return (0);
}
