/* slide: the last place where each hash of three bytes was seen; only places in the window count. */
#include "zmini.h"
static unsigned int
hash(const unsigned char *p)
{
	return ((p[0] * 2654435761U ^ p[1] * 40503U ^ p[2] * 257U) >> 4 & 4095);
}
void
zmini_slide_init(struct zmini_hash *h)
{
	for (int i = 0; i < 4096; i++)
		h->head[i] = -1;
}
size_t
zmini_longest(struct zmini_hash *h, const unsigned char *p, size_t at, size_t n, size_t *distance)
{
	size_t len = 0;
	long seen;
	unsigned int k;
	if (at + ZMINI_MIN > n)
		return (0);
	k = hash(p + at);
	seen = h->head[k];
	h->head[k] = (long)at;
	if (seen < 0 || at - (size_t)seen >= ZMINI_WINDOW)
		return (0);
	while (at + len < n && len < ZMINI_MAX && p[(size_t)seen + len] == p[at + len])
		len++;
	*distance = at - (size_t)seen;
	return (len >= ZMINI_MIN ? len : 0);
}
