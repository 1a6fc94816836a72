/* crc: the reflected polynomial edb88320, one bit at a time: frames are short. */
#include "mdata.h"
unsigned int
crc(const char *p, size_t n)
{
	unsigned int v = ~0U;
	while (n-- > 0) {
		v ^= (unsigned char)*p++;
		for (int k = 0; k < 8; k++)
			v = v >> 1 ^ (0xedb88320U & (0U - (v & 1)));
	}
	return (~v);
}
