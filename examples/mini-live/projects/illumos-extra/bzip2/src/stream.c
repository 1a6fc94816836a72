/* stream: one block as start (2 bytes), length (2 bytes) and the coded bytes. */
#include "bzmini.h"
size_t
bz_pack_block(unsigned char *to, const unsigned char *from, unsigned int n)
{
	static unsigned char work[BZ_BLOCK];
	unsigned int start = n == 0 ? 0 : bz_bwt(work, from, n);
	bz_mtf(work, n);
	to[0] = (unsigned char)(start >> 8);
	to[1] = (unsigned char)start;
	to[2] = (unsigned char)(n >> 8);
	to[3] = (unsigned char)n;
	return (4 + bz_rle(to + 4, work, n));
}
long
bz_unpack_block(unsigned char *to, const unsigned char *from, size_t size)
{
	static unsigned char work[BZ_BLOCK];
	unsigned int start, n;
	if (size < 4)
		return (-1);
	start = (unsigned int)from[0] << 8 | from[1];
	n = (unsigned int)from[2] << 8 | from[3];
	if (n > BZ_BLOCK || start >= n + (n == 0) || bz_unrle(work, n, from + 4, size - 4) != (long)n)
		return (-1);
	bz_unmtf(work, n);
	bz_unbwt(to, work, n, start);
	return ((long)n);
}
