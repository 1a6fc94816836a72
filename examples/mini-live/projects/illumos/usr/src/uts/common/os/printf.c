/* cmn_err: into a ring that the log device reads; a panic does not return. */
#include <stdarg.h>
#include <sys/cmn_err.h>
#include <sys/types.h>
char msgbuf[8192];
size_t msgbuf_at;
static void
put(char c)
{
	msgbuf[msgbuf_at++ % sizeof (msgbuf)] = c;
}
static void
puts_k(const char *s)
{
	for (; *s != '\0'; s++)
		put(*s);
}
static void
number(unsigned long v, unsigned int base)
{
	char b[24];
	int n = 0;
	do
		b[n++] = "0123456789abcdef"[v % base];
	while ((v /= base) != 0);
	while (n > 0)
		put(b[--n]);
}
void
cmn_err(int level, const char *fmt, ...)
{
	static const char *const prefix[] = { "", "NOTICE: ", "WARNING: ", "panic: " };
	va_list ap;
	puts_k(prefix[level & 3]);
	va_start(ap, fmt);
	for (; *fmt != '\0'; fmt++) {
		int big = 0;
		if (*fmt != '%') {
			put(*fmt);
			continue;
		}
		for (fmt++; *fmt == 'l'; fmt++)
			big = 1;
		if (*fmt == 's') {
			puts_k(va_arg(ap, const char *));
		} else if (*fmt == 'd') {
			long v = big ? va_arg(ap, long) : va_arg(ap, int);
			if (v < 0)
				put('-');
			number(v < 0 ? 0UL - (unsigned long)v : (unsigned long)v, 10);
		} else if (*fmt == 'x' || *fmt == 'u') {
			number(big ? va_arg(ap, unsigned long) : va_arg(ap, unsigned int), *fmt == 'x' ? 16 : 10);
		} else if (*fmt == '\0') {
			break;
		} else {
			put(*fmt);
		}
	}
	va_end(ap);
	put('\n');
	while (level == CE_PANIC)
		;
}
