/* printf, fprintf, snprintf: a result that does not fit the stack is made on the heap. */
#include <stdio.h>
#include <stdlib.h>
int
vfprintf(FILE *f, const char *fmt, va_list ap)
{
	char small[512], *s = small;
	va_list again;
	int n;
	va_copy(again, ap);
	n = vsnprintf(small, sizeof (small), fmt, ap);
	if (n >= (int)sizeof (small)) {
		s = malloc((size_t)n + 1);
		if (s == NULL) {
			va_end(again);
			return (-1);
		}
		vsnprintf(s, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	n = (int)fwrite(s, 1, (size_t)n, f);
	if (s != small)
		free(s);
	return (n);
}
int
printf(const char *fmt, ...)
{
	va_list ap;
	int n;
	va_start(ap, fmt);
	n = vfprintf(stdout, fmt, ap);
	va_end(ap);
	return (n);
}
int
fprintf(FILE *f, const char *fmt, ...)
{
	va_list ap;
	int n;
	va_start(ap, fmt);
	n = vfprintf(f, fmt, ap);
	va_end(ap);
	return (n);
}
int
snprintf(char *to, size_t size, const char *fmt, ...)
{
	va_list ap;
	int n;
	va_start(ap, fmt);
	n = vsnprintf(to, size, fmt, ap);
	va_end(ap);
	return (n);
}
