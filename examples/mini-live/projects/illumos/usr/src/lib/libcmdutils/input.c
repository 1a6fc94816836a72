/* input: "-" is standard input; a file that cannot be read is named and the others still are. */
#include <stdlib.h>
#include <string.h>
#include "libcmdutils.h"
FILE *
input_open(const char *path)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
	if (f == NULL)
		perror(path);
	return (f);
}
int
each_input(int n, char **paths, int (*fn)(FILE *, const char *))
{
	int bad = 0;
	if (n == 0)
		return (fn(stdin, "-"));
	for (int i = 0; i < n; i++) {
		FILE *f = input_open(paths[i]);
		if (f == NULL) {
			bad = 1;
			continue;
		}
		bad |= fn(f, paths[i]);
		if (f != stdin)
			fclose(f);
	}
	return (bad);
}
char *
read_line(FILE *f)
{
	char *line = NULL;
	size_t size = 0;
	long n = getline(&line, &size, f);
	if (n < 0) {
		free(line);
		return (NULL);
	}
	if (line[n - 1] == '\n')
		line[n - 1] = '\0';
	return (line);
}
