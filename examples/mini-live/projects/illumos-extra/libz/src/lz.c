/* lz: 0x00 n literal bytes, or 0x01 length distance; unpack trusts nothing that it reads. */
#include "zmini.h"
size_t
zmini_bound(size_t n)
{
	return (n + n / 128 * 2 + 16);
}
static size_t
literals(unsigned char *to, const unsigned char *from, size_t n)
{
	size_t w = 0;
	while (n > 0) {
		size_t step = n < 255 ? n : 255;
		to[w++] = 0;
		to[w++] = (unsigned char)step;
		for (size_t i = 0; i < step; i++)
			to[w++] = from[i];
		from += step;
		n -= step;
	}
	return (w);
}
size_t
zmini_pack(unsigned char *to, const unsigned char *from, size_t n)
{
	static struct zmini_hash h;
	size_t w = 0, start = 0, at = 0;
	zmini_slide_init(&h);
	while (at < n) {
		size_t distance = 0, len = zmini_longest(&h, from, at, n, &distance);
		if (len == 0) {
			at++;
			continue;
		}
		w += literals(to + w, from + start, at - start);
		to[w++] = 1;
		to[w++] = (unsigned char)(len - ZMINI_MIN);
		to[w++] = (unsigned char)(distance >> 8);
		to[w++] = (unsigned char)distance;
		at += len;
		start = at;
	}
	return (w + literals(to + w, from + start, at - start));
}
long
zmini_unpack(unsigned char *to, size_t size, const unsigned char *from, size_t n)
{
	size_t w = 0, r = 0;
	while (r < n) {
		unsigned char kind = from[r++];
		size_t len, distance;
		if (r >= n)
			return (-1);
		len = from[r++];
		if (kind == 0) {
			if (len > n - r || len > size - w)
				return (-1);
			while (len-- > 0)
				to[w++] = from[r++];
		} else {
			len += ZMINI_MIN;
			if (n - r < 2 || len > size - w)
				return (-1);
			distance = (size_t)from[r] << 8 | from[r + 1];
			r += 2;
			if (distance == 0 || distance > w)
				return (-1);
			for (; len > 0; len--, w++)
				to[w] = to[w - distance];
		}
	}
	return ((long)w);
}
