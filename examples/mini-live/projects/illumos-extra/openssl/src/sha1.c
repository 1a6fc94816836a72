/* sha1: FIPS 180; the message may come in any pieces. */
#include <string.h>
#include "minicrypto.h"
#define ROT(v, n) ((v) << (n) | (v) >> (32 - (n)))
static void
block(mc_sha1_t *c, const mc_u8 *p)
{
	mc_u32 w[80], a = c->h[0], b = c->h[1], d = c->h[3], e = c->h[4], cc = c->h[2];
	for (int i = 0; i < 16; i++, p += 4)
		w[i] = (mc_u32)p[0] << 24 | (mc_u32)p[1] << 16 | (mc_u32)p[2] << 8 | p[3];
	for (int i = 16; i < 80; i++)
		w[i] = ROT(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	for (int i = 0; i < 80; i++) {
		mc_u32 f = i < 20 ? (b & cc) | (~b & d) : i < 40 || i >= 60 ? b ^ cc ^ d : (b & cc) | (b & d) | (cc & d);
		static const mc_u32 k[] = { 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6 };
		mc_u32 t = ROT(a, 5) + f + e + k[i / 20] + w[i];
		e = d, d = cc, cc = ROT(b, 30), b = a, a = t;
	}
	c->h[0] += a, c->h[1] += b, c->h[2] += cc, c->h[3] += d, c->h[4] += e;
}
void
mc_sha1_init(mc_sha1_t *c)
{
	static const mc_u32 start[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
	memcpy(c->h, start, sizeof (start));
	c->len = 0;
}
void
mc_sha1_update(mc_sha1_t *c, const void *data, size_t n)
{
	const mc_u8 *p = data;
	while (n-- > 0) {
		c->buf[c->len++ % 64] = *p++;
		if (c->len % 64 == 0)
			block(c, c->buf);
	}
}
void
mc_sha1_final(mc_sha1_t *c, mc_u8 *out)
{
	unsigned long bits = c->len * 8;
	mc_u8 tail[8];
	mc_sha1_update(c, "\200", 1);
	while (c->len % 64 != 56)
		mc_sha1_update(c, "", 1);
	for (int i = 0; i < 8; i++)
		tail[i] = (mc_u8)(bits >> (56 - 8 * i));
	mc_sha1_update(c, tail, 8);
	for (int i = 0; i < 20; i++)
		out[i] = (mc_u8)(c->h[i / 4] >> (24 - 8 * (i % 4)));
}
