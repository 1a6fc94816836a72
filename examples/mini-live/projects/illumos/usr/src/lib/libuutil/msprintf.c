/* msprintf, join: strings of exactly the length they need; the caller frees them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "libuutil.h"
char *
uu_msprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;
	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	s = malloc((size_t)n + 1);
	if (s != NULL) {
		va_start(ap, fmt);
		vsnprintf(s, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	return (s);
}
char *
uu_join(const char *const *parts, size_t n, const char *between)
{
	size_t size = 1;
	char *s;
	for (size_t i = 0; i < n; i++)
		size += strlen(parts[i]) + strlen(between);
	s = calloc(1, size);
	for (size_t i = 0; s != NULL && i < n; i++) {
		if (i > 0)
			strlcat(s, between, size);
		strlcat(s, parts[i], size);
	}
	return (s);
}
