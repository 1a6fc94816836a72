/* die, warn: the program's name stands before every message. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "libuutil.h"
static void
say(const char *fmt, va_list ap)
{
	fprintf(stderr, "%s: ", getprogname());
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}
void
uu_warn(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}
void
uu_die(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(1);
}
int uu_streq(const char *a, const char *b) { return (strcmp(a, b) == 0); }
int uu_strcaseeq(const char *a, const char *b) { return (strcasecmp(a, b) == 0); }
