/* bwt: rotations sorted by shell sort; the block is at most BZ_BLOCK bytes, so an index fits 16 bits. */
#include "bzmini.h"
static int
order(const unsigned char *s, unsigned int n, unsigned int a, unsigned int b)
{
	for (unsigned int i = 0; i < n; i++) {
		int d = s[a] - s[b];
		if (d != 0)
			return (d);
		if (++a == n)
			a = 0;
		if (++b == n)
			b = 0;
	}
	return (0);
}
unsigned int
bz_bwt(unsigned char *to, const unsigned char *from, unsigned int n)
{
	static unsigned short at[BZ_BLOCK];
	unsigned int start = 0;
	for (unsigned int i = 0; i < n; i++)
		at[i] = (unsigned short)i;
	for (unsigned int gap = 1750; gap > 0; gap = gap == 1 ? 0 : gap * 4 / 9 > 0 ? gap * 4 / 9 : 1) {
		for (unsigned int i = gap; i < n; i++) {
			unsigned short v = at[i];
			unsigned int j = i;
			for (; j >= gap && order(from, n, at[j - gap], v) > 0; j -= gap)
				at[j] = at[j - gap];
			at[j] = v;
		}
	}
	for (unsigned int i = 0; i < n; i++) {
		to[i] = from[(at[i] + n - 1) % n];
		if (at[i] == 0)
			start = i;
	}
	return (start);
}
void
bz_unbwt(unsigned char *to, const unsigned char *from, unsigned int n, unsigned int start)
{
	static unsigned short next[BZ_BLOCK];
	unsigned int count[257] = { 0 }, p = start;
	for (unsigned int i = 0; i < n; i++)
		count[from[i] + 1]++;
	for (int i = 1; i < 257; i++)
		count[i] += count[i - 1];
	for (unsigned int i = 0; i < n; i++)
		next[count[from[i]]++] = (unsigned short)i;
	for (unsigned int i = 0; i < n; i++) {
		p = next[p];
		to[i] = from[p];
	}
}
