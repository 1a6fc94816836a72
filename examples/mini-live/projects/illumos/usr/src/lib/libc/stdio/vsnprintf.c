/* vsnprintf: d i u x o c s p f % with flags, width and precision; returns the length that was wanted. */
#include <stdio.h>
#include <string.h>
struct out { char *to; size_t size, len; };
static void
put(struct out *o, char c)
{
	if (o->len + 1 < o->size)
		o->to[o->len] = c;
	o->len++;
}
static void
pad(struct out *o, int n, char c)
{
	while (n-- > 0)
		put(o, c);
}
static void
text(struct out *o, const char *s, int n, int width, int left)
{
	if (!left)
		pad(o, width - n, ' ');
	for (int i = 0; i < n; i++)
		put(o, s[i]);
	if (left)
		pad(o, width - n, ' ');
}
static int
digits(char *end, unsigned long v, unsigned int base, int upper)
{
	int n = 0;
	do {
		unsigned int d = (unsigned int)(v % base);
		*--end = (char)(d < 10 ? '0' + d : (upper ? 'A' : 'a') + d - 10);
		n++;
	} while ((v /= base) != 0);
	return (n);
}
static void
number(struct out *o, unsigned long v, unsigned int base, const char *sign, int width, int prec, int left, int zero, int upper)
{
	char buf[72], *end = buf + sizeof (buf);
	int n = digits(end, v, base, upper), s = (int)strlen(sign), z = prec > n ? prec - n : 0;
	if (prec < 0 && zero && !left && width > n + s)
		z = width - n - s;
	if (!left)
		pad(o, width - n - s - z, ' ');
	while (*sign != '\0')
		put(o, *sign++);
	pad(o, z, '0');
	for (int i = 0; i < n; i++)
		put(o, end[i - n]);
	if (left)
		pad(o, width - n - s - z, ' ');
}
static void
fixed(struct out *o, double v, int width, int prec, int left)
{
	char buf[96], *end = buf + 64, *p;
	int n, neg = v < 0;
	double scale = 1.0;
	unsigned long whole, part;
	if (neg)
		v = -v;
	if (prec < 0 || prec > 15)
		prec = 6;
	for (int i = 0; i < prec; i++)
		scale *= 10.0;
	whole = (unsigned long)v;
	part = (unsigned long)((v - (double)whole) * scale + 0.5);
	if ((double)part >= scale) {
		whole++;
		part = 0;
	}
	n = digits(end, whole, 10, 0);
	p = end - n;
	if (neg) {
		*--p = '-';
		n++;
	}
	if (prec > 0) {
		int m;
		*end = '.';
		m = digits(end + 1 + prec, part, 10, 0);
		memset(end + 1, '0', (size_t)(prec - m));
		n += 1 + prec;
	}
	text(o, p, n, width, left);
}
int
vsnprintf(char *to, size_t size, const char *fmt, va_list ap)
{
	struct out o = { to, size, 0 };
	for (; *fmt != '\0'; fmt++) {
		int left = 0, zero = 0, plus = 0, alt = 0, width = 0, prec = -1, big = 0, more = 1;
		if (*fmt != '%') {
			put(&o, *fmt);
			continue;
		}
		while (more) {
			switch (*++fmt) {
			case '-': left = 1; break;
			case '0': zero = 1; break;
			case '+': plus = 1; break;
			case ' ': break;
			case '#': alt = 1; break;
			default: more = 0;
			}
		}
		if (*fmt == '*') {
			width = va_arg(ap, int);
			fmt++;
		}
		for (; *fmt >= '0' && *fmt <= '9'; fmt++)
			width = width * 10 + *fmt - '0';
		if (*fmt == '.') {
			prec = 0;
			if (*++fmt == '*') {
				prec = va_arg(ap, int);
				fmt++;
			}
			for (; *fmt >= '0' && *fmt <= '9'; fmt++)
				prec = prec * 10 + *fmt - '0';
		}
		while (*fmt == 'l' || *fmt == 'z' || *fmt == 'h') {
			big |= *fmt != 'h';
			fmt++;
		}
		switch (*fmt) {
		case 'd': case 'i': {
			long v = big ? va_arg(ap, long) : va_arg(ap, int);
			number(&o, v < 0 ? 0UL - (unsigned long)v : (unsigned long)v, 10, v < 0 ? "-" : plus ? "+" : "", width, prec, left, zero, 0);
			break;
		}
		case 'u': case 'x': case 'X': case 'o': {
			unsigned long v = big ? va_arg(ap, unsigned long) : va_arg(ap, unsigned int);
			unsigned int base = *fmt == 'u' ? 10 : *fmt == 'o' ? 8 : 16;
			number(&o, v, base, alt && v != 0 ? (base == 16 ? "0x" : base == 8 ? "0" : "") : "", width, prec, left, zero, *fmt == 'X');
			break;
		}
		case 'p':
			number(&o, (unsigned long)va_arg(ap, void *), 16, "0x", width, prec, left, zero, 0);
			break;
		case 'c': {
			char c = (char)va_arg(ap, int);
			text(&o, &c, 1, width, left);
			break;
		}
		case 's': {
			const char *s = va_arg(ap, const char *);
			if (s == NULL)
				s = "(null)";
			text(&o, s, (int)(prec < 0 ? strlen(s) : strnlen(s, (size_t)prec)), width, left);
			break;
		}
		case 'f': case 'g':
			fixed(&o, va_arg(ap, double), width, prec, left);
			break;
		case '\0':
			fmt--;
			break;
		default:
			put(&o, *fmt);
		}
	}
	if (size > 0)
		to[o.len < size ? o.len : size - 1] = '\0';
	return ((int)o.len);
}
