/* uniq: neighbours that are equal become one line; -c counts them, -d shows only such. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <libcmdutils.h>
int
main(int argc, char **argv)
{
	int counts = 0, only = 0, c;
	unsigned long n = 0;
	char *last = NULL, *line;
	while ((c = getopt(argc, argv, "cd")) != -1) {
		switch (c) {
		case 'c': counts = 1; break;
		case 'd': only = 1; break;
		default: return (2);
		}
	}
	do {
		line = read_line(stdin);
		if (line != NULL && last != NULL && strcmp(line, last) == 0) {
			n++;
			free(line);
			continue;
		}
		if (last != NULL && (!only || n > 1)) {
			if (counts)
				printf("%4lu ", n);
			puts(last);
		}
		free(last);
		last = line;
		n = 1;
	} while (last != NULL);
	return (0);
}
