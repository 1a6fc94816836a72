/* utf8: the shortest form only; surrogates and codes above 10FFFF are refused. */
#include "idnmini.h"
int
idn_utf8(const char *s, unsigned int *out, int size)
{
	const unsigned char *p = (const unsigned char *)s;
	int n = 0;
	while (*p != '\0') {
		unsigned int c = *p++;
		int more = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : -1;
		static const unsigned int least[] = { 0, 0x80, 0x800, 0x10000 };
		int k;
		if (more < 0 || n == size)
			return (-1);
		c &= more == 0 ? 0x7f : 0x3fU >> more;
		for (k = 0; k < more; k++, p++) {
			if ((*p & 0xc0) != 0x80)
				return (-1);
			c = c << 6 | (*p & 0x3f);
		}
		if (c < least[more] || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
			return (-1);
		out[n++] = c;
	}
	return (n);
}
