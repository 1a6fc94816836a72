/* adler32: two sums modulo 65521, reduced before they can overflow. */
#include "zmini.h"
unsigned int
zmini_adler32(unsigned int sum, const unsigned char *p, size_t n)
{
	unsigned int a = sum & 0xffff, b = sum >> 16;
	while (n > 0) {
		size_t step = n < 5552 ? n : 5552;
		n -= step;
		while (step-- > 0) {
			a += *p++;
			b += a;
		}
		a %= 65521;
		b %= 65521;
	}
	return (b << 16 | a);
}
