/* fgets, getline: lines keep their newline. */
#include <stdio.h>
#include <stdlib.h>
char *
fgets(char *s, int n, FILE *f)
{
	int i = 0, c = EOF;
	while (i < n - 1 && (c = fgetc(f)) != EOF) {
		s[i++] = (char)c;
		if (c == '\n')
			break;
	}
	if (i == 0)
		return (NULL);
	s[i] = '\0';
	return (s);
}
long
getline(char **line, size_t *size, FILE *f)
{
	size_t n = 0;
	int c;
	while ((c = fgetc(f)) != EOF) {
		if (*line == NULL || n + 2 > *size) {
			size_t bigger = *line == NULL ? 128 : *size * 2;
			char *p = realloc(*line, bigger);
			if (p == NULL)
				return (-1);
			*line = p;
			*size = bigger;
		}
		(*line)[n++] = (char)c;
		if (c == '\n')
			break;
	}
	if (n == 0)
		return (-1);
	(*line)[n] = '\0';
	return ((long)n);
}
