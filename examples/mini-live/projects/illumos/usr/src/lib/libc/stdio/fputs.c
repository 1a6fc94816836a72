/* fputs, puts: puts adds the newline, fputs does not. */
#include <stdio.h>
int
fputs(const char *s, FILE *f)
{
	for (; *s != '\0'; s++) {
		if (fputc(*s, f) == EOF)
			return (EOF);
	}
	return (0);
}
int
puts(const char *s)
{
	return (fputs(s, stdout) == EOF ? EOF : fputc('\n', stdout));
}
