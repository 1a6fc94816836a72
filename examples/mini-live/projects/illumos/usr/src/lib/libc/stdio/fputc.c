/* fputc: a full buffer, or a newline on a line-buffered stream, is written at once. */
#include <stdio.h>
int
fputc(int c, FILE *f)
{
	f->buf[f->pos++] = (unsigned char)c;
	if (f->pos == BUFSIZ || (c == '\n' && (f->flags & _F_LINE))) {
		if (fflush(f) == EOF)
			return (EOF);
	}
	return ((unsigned char)c);
}
