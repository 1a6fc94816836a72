/* chacha: twenty rounds; the same call encrypts and decrypts. */
#include "minicrypto.h"
#define ROT(v, n) ((v) << (n) | (v) >> (32 - (n)))
#define QR(a, b, c, d) \
	a += b, d ^= a, d = ROT(d, 16), c += d, b ^= c, b = ROT(b, 12), \
	a += b, d ^= a, d = ROT(d, 8), c += d, b ^= c, b = ROT(b, 7)
static mc_u32
word(const mc_u8 *p)
{
	return (p[0] | (mc_u32)p[1] << 8 | (mc_u32)p[2] << 16 | (mc_u32)p[3] << 24);
}
void
mc_chacha(const mc_u8 *key, const mc_u8 *nonce, mc_u32 counter, mc_u8 *data, size_t n)
{
	mc_u32 s[16] = { 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574 };
	for (int i = 0; i < 8; i++)
		s[4 + i] = word(key + 4 * i);
	for (int i = 0; i < 3; i++)
		s[13 + i] = word(nonce + 4 * i);
	for (size_t at = 0; at < n; at += 64, counter++) {
		mc_u32 x[16];
		s[12] = counter;
		for (int i = 0; i < 16; i++)
			x[i] = s[i];
		for (int r = 0; r < 10; r++) {
			QR(x[0], x[4], x[8], x[12]);
			QR(x[1], x[5], x[9], x[13]);
			QR(x[2], x[6], x[10], x[14]);
			QR(x[3], x[7], x[11], x[15]);
			QR(x[0], x[5], x[10], x[15]);
			QR(x[1], x[6], x[11], x[12]);
			QR(x[2], x[7], x[8], x[13]);
			QR(x[3], x[4], x[9], x[14]);
		}
		for (size_t i = 0; i < 64 && at + i < n; i++)
			data[at + i] ^= (mc_u8)((x[i / 4] + s[i / 4]) >> (8 * (i % 4)));
	}
}
