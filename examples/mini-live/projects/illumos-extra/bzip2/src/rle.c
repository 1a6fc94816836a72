/* rle: zeros, the commonest byte after move-to-front, are written as 0 and a count. */
#include "bzmini.h"
size_t
bz_rle(unsigned char *to, const unsigned char *from, size_t n)
{
	size_t w = 0;
	for (size_t i = 0; i < n; ) {
		if (from[i] != 0) {
			to[w++] = from[i++];
		} else {
			size_t run = 0;
			while (i < n && from[i] == 0 && run < 255)
				run++, i++;
			to[w++] = 0;
			to[w++] = (unsigned char)run;
		}
	}
	return (w);
}
long
bz_unrle(unsigned char *to, size_t size, const unsigned char *from, size_t n)
{
	size_t w = 0;
	for (size_t i = 0; i < n; i++) {
		size_t run = 1;
		if (from[i] == 0) {
			if (++i == n)
				return (-1);
			run = from[i];
			if (run > size - w)
				return (-1);
			while (run-- > 0)
				to[w++] = 0;
		} else {
			if (w == size)
				return (-1);
			to[w++] = from[i];
		}
	}
	return ((long)w);
}
