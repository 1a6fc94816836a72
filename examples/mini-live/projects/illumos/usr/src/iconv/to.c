/* to: UTF-8 becomes bytes of one code page; what the page does not have becomes a question mark and
   is counted. */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
static const uint16_t table[128] = { PAGE_TABLE };
const char *_icv_name = "UTF-8%" PAGE_NAME;
static int
get(const unsigned char *p, size_t n, unsigned int *c)
{
	int more = *p < 0x80 ? 0 : *p >= 0xc2 && *p < 0xe0 ? 1 : *p >= 0xe0 && *p < 0xf0 ? 2 : *p >= 0xf0 && *p < 0xf5 ? 3 : -1;
	if (more < 0 || (size_t)more >= n)
		return (-1);
	*c = more == 0 ? *p : *p & (0x3fU >> more);
	for (int i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return (-1);
		*c = *c << 6 | (p[i] & 0x3f);
	}
	return (more + 1);
}
static int
find(unsigned int c)
{
	if (c < 0x80)
		return ((int)c);
	for (int i = 0; i < 128; i++) {
		if (table[i] == c)
			return (i + 0x80);
	}
	return (-1);
}
long
_icv_iconv(const unsigned char **from, size_t *left, unsigned char **to, size_t *room)
{
	long lost = 0;
	while (*left > 0) {
		unsigned int c;
		int n = get(*from, *left, &c), b;
		if (n < 0 || *room == 0) {
			errno = n < 0 ? EINVAL : E2BIG;
			return (-1);
		}
		b = find(c);
		lost += b < 0;
		*(*to)++ = (unsigned char)(b < 0 ? '?' : b);
		(*room)--;
		*from += n;
		*left -= (size_t)n;
	}
	return (lost);
}
