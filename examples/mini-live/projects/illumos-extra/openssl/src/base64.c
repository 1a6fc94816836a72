/* base64: with padding and without line ends. */
#include "minicrypto.h"
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
size_t
mc_base64(char *to, const mc_u8 *p, size_t n)
{
	size_t w = 0;
	for (size_t i = 0; i < n; i += 3) {
		mc_u32 v = (mc_u32)p[i] << 16 | (i + 1 < n ? (mc_u32)p[i + 1] << 8 : 0) | (i + 2 < n ? p[i + 2] : 0);
		to[w++] = letters[v >> 18];
		to[w++] = letters[v >> 12 & 63];
		to[w++] = i + 1 < n ? letters[v >> 6 & 63] : '=';
		to[w++] = i + 2 < n ? letters[v & 63] : '=';
	}
	to[w] = '\0';
	return (w);
}
long
mc_unbase64(mc_u8 *to, const char *s)
{
	mc_u32 v = 0;
	int have = 0;
	long w = 0;
	for (; *s != '\0' && *s != '='; s++) {
		int d = 0;
		while (d < 64 && letters[d] != *s)
			d++;
		if (d == 64)
			return (-1);
		v = v << 6 | (mc_u32)d;
		have += 6;
		if (have >= 8) {
			have -= 8;
			to[w++] = (mc_u8)(v >> have);
		}
	}
	return (w);
}
