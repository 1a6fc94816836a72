/* fgetc, ungetc, __fill: one byte may be pushed back, also at end of file. */
#include <stdio.h>
#include <unistd.h>
int
__fill(FILE *f)
{
	long n = read(f->fd, f->buf, BUFSIZ);
	f->pos = 0;
	f->len = n > 0 ? (size_t)n : 0;
	if (n <= 0)
		f->flags |= n < 0 ? _F_ERR : _F_EOF;
	return (n > 0);
}
int
fgetc(FILE *f)
{
	if (f->pushed != EOF) {
		int c = f->pushed;
		f->pushed = EOF;
		return (c);
	}
	if (f->pos >= f->len && !__fill(f))
		return (EOF);
	return (f->buf[f->pos++]);
}
int
ungetc(int c, FILE *f)
{
	if (c != EOF) {
		f->pushed = (unsigned char)c;
		f->flags &= ~_F_EOF;
	}
	return (c);
}
