/* strtod: decimal digits, fraction and exponent; the last bit may be off by one. */
#include <stdlib.h>
#include <ctype.h>
double
strtod(const char *s, char **end)
{
	const char *p = s;
	double v = 0.0, scale = 1.0;
	int negative = 0, digits = 0, exponent = 0;
	while (isspace((unsigned char)*p))
		p++;
	if (*p == '-' || *p == '+')
		negative = *p++ == '-';
	for (; isdigit((unsigned char)*p); p++, digits++)
		v = v * 10.0 + (*p - '0');
	if (*p == '.') {
		for (p++; isdigit((unsigned char)*p); p++, digits++) {
			v = v * 10.0 + (*p - '0');
			scale *= 10.0;
		}
	}
	if (digits > 0 && (*p == 'e' || *p == 'E')) {
		char *after;
		exponent = (int)strtol(p + 1, &after, 10);
		if (after != p + 1)
			p = after;
	}
	for (; exponent > 0; exponent--)
		v *= 10.0;
	for (; exponent < 0; exponent++)
		scale *= 10.0;
	if (end != NULL)
		*end = (char *)(digits > 0 ? p : s);
	return (negative ? -v / scale : v / scale);
}
