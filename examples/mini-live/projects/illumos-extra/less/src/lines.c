/* lines: the whole file is read once; every line's start is known afterwards. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "less.h"
static int
slurp(struct text *t, FILE *f)
{
	size_t room = 4096, n;
	t->bytes = malloc(room);
	t->size = 0;
	while (t->bytes != NULL && (n = fread(t->bytes + t->size, 1, room - t->size, f)) > 0) {
		t->size += n;
		if (t->size == room) {
			char *more = realloc(t->bytes, room *= 2);
			if (more == NULL)
				free(t->bytes);
			t->bytes = more;
		}
	}
	return (t->bytes == NULL ? -1 : 0);
}
int
text_load(struct text *t, const char *path)
{
	FILE *f = path == NULL ? stdin : fopen(path, "r");
	char *plain;
	long n;
	if (f == NULL || slurp(t, f) != 0)
		return (-1);
	if (f != stdin)
		fclose(f);
	n = unpack_file(&plain, (const unsigned char *)t->bytes, t->size);
	if (n >= 0) {
		free(t->bytes);
		t->bytes = plain;
		t->size = (size_t)n;
	}
	t->lines = 0;
	for (size_t i = 0; i < t->size; i++)
		t->lines += t->bytes[i] == '\n' || i + 1 == t->size;
	t->at = calloc(t->lines + 1, sizeof (*t->at));
	if (t->at == NULL)
		return (-1);
	for (size_t i = 0, k = 0; i < t->size && k < t->lines; i++) {
		if (t->bytes[i] == '\n')
			t->at[++k] = i + 1;
	}
	t->at[t->lines] = t->size;
	return (0);
}
void
text_show(const struct text *t, size_t first, size_t rows, size_t width)
{
	for (size_t i = first; i < first + rows; i++) {
		size_t n;
		if (i >= t->lines) {
			puts("~");
			continue;
		}
		n = t->at[i + 1] - t->at[i];
		if (n > 0 && t->bytes[t->at[i + 1] - 1] == '\n')
			n--;
		if (n > width)
			n = width;
		fwrite(t->bytes + t->at[i], 1, n, stdout);
		putchar('\n');
	}
}
