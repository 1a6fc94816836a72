/* strtol, strtoul, atoi, atol: overflow saturates and sets ERANGE. */
#include <stdlib.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
static unsigned long
scan(const char *s, char **end, int base, int *negative, int *over)
{
	const char *p = s, *digits;
	unsigned long v = 0;
	*negative = *over = 0;
	while (isspace((unsigned char)*p))
		p++;
	if (*p == '-' || *p == '+')
		*negative = *p++ == '-';
	if ((base == 0 || base == 16) && p[0] == '0' && (p[1] == 'x' || p[1] == 'X') && isxdigit((unsigned char)p[2])) {
		p += 2;
		base = 16;
	}
	if (base == 0)
		base = *p == '0' ? 8 : 10;
	digits = p;
	for (;; p++) {
		int c = (unsigned char)*p, d;
		if (isdigit(c))
			d = c - '0';
		else if (isalpha(c))
			d = tolower(c) - 'a' + 10;
		else
			break;
		if (d >= base)
			break;
		if (v > (ULONG_MAX - (unsigned long)d) / (unsigned long)base)
			*over = 1;
		v = v * (unsigned long)base + (unsigned long)d;
	}
	if (end != NULL)
		*end = (char *)(p == digits ? s : p);
	return (v);
}
unsigned long
strtoul(const char *s, char **end, int base)
{
	int negative, over;
	unsigned long v = scan(s, end, base, &negative, &over);
	if (over) {
		errno = ERANGE;
		return (ULONG_MAX);
	}
	return (negative ? 0UL - v : v);
}
long
strtol(const char *s, char **end, int base)
{
	int negative, over;
	unsigned long v = scan(s, end, base, &negative, &over);
	if (over || v > (unsigned long)LONG_MAX + (unsigned long)negative) {
		errno = ERANGE;
		return (negative ? LONG_MIN : LONG_MAX);
	}
	return (negative ? (long)(0UL - v) : (long)v);
}
int
atoi(const char *s)
{
	return ((int)strtol(s, NULL, 10));
}
long
atol(const char *s)
{
	return (strtol(s, NULL, 10));
}
