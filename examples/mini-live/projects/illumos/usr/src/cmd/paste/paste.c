/* paste: lines of several files side by side until all have ended. */
#include <stdio.h>
#include <stdlib.h>
#include <libcmdutils.h>
int
main(int argc, char **argv)
{
	FILE *in[16];
	int n = argc - 1, more = 1;
	if (n < 1 || n > 16)
		return (2);
	for (int i = 0; i < n; i++) {
		in[i] = input_open(argv[i + 1]);
		if (in[i] == NULL)
			return (1);
	}
	while (more) {
		char *line[16];
		more = 0;
		for (int i = 0; i < n; i++) {
			line[i] = read_line(in[i]);
			more |= line[i] != NULL;
		}
		for (int i = 0; more && i < n; i++)
			printf("%s%c", line[i] == NULL ? "" : line[i], i + 1 < n ? '\t' : '\n');
		for (int i = 0; i < n; i++)
			free(line[i]);
	}
	return (0);
}
