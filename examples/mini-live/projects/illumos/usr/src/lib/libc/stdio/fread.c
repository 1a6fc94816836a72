/* fread, fwrite: whole items only are counted. */
#include <stdio.h>
size_t
fread(void *to, size_t size, size_t count, FILE *f)
{
	unsigned char *d = to;
	size_t n = 0, total = size * count;
	int c;
	while (n < total && (c = fgetc(f)) != EOF)
		d[n++] = (unsigned char)c;
	return (size == 0 ? 0 : n / size);
}
size_t
fwrite(const void *from, size_t size, size_t count, FILE *f)
{
	const unsigned char *s = from;
	size_t n = 0, total = size * count;
	while (n < total && fputc(s[n], f) != EOF)
		n++;
	return (size == 0 ? 0 : n / size);
}
