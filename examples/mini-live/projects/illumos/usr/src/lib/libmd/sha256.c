/* sha256: FIPS 180-4. */
#include "md.h"
#define ROT(v, n) ((v) >> (n) | (v) << (32 - (n)))
static const uint32_t k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static void
block(md_t *m, const uint8_t *p)
{
	uint32_t w[64], v[8];
	for (int i = 0; i < 16; i++, p += 4)
		w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	for (int i = 16; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] + (ROT(w[i - 15], 7) ^ ROT(w[i - 15], 18) ^ w[i - 15] >> 3) +
		    (ROT(w[i - 2], 17) ^ ROT(w[i - 2], 19) ^ w[i - 2] >> 10);
	for (int i = 0; i < 8; i++)
		v[i] = (uint32_t)m->h[i];
	for (int i = 0; i < 64; i++) {
		uint32_t a = v[7] + (ROT(v[4], 6) ^ ROT(v[4], 11) ^ ROT(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
		uint32_t b = (ROT(v[0], 2) ^ ROT(v[0], 13) ^ ROT(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
		for (int j = 7; j > 0; j--)
			v[j] = v[j - 1];
		v[4] += a;
		v[0] = a + b;
	}
	for (int i = 0; i < 8; i++)
		m->h[i] = (uint32_t)(m->h[i] + v[i]);
}
static void
init(md_t *m)
{
	static const uint32_t start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	for (int i = 0; i < 8; i++)
		m->h[i] = start[i];
	m->len = 0;
}
static void
update(md_t *m, const void *data, size_t n)
{
	const uint8_t *p = data;
	while (n-- > 0) {
		m->buf[m->len++ % 64] = *p++;
		if (m->len % 64 == 0)
			block(m, m->buf);
	}
}
static void
final(md_t *m, uint8_t *out)
{
	uint64_t bits = m->len * 8;
	uint8_t tail[8];
	update(m, "\200", 1);
	while (m->len % 64 != 56)
		update(m, "", 1);
	for (int i = 0; i < 8; i++)
		tail[i] = (uint8_t)(bits >> (56 - 8 * i));
	update(m, tail, 8);
	for (int i = 0; i < 32; i++)
		out[i] = (uint8_t)(m->h[i / 4] >> (24 - 8 * (i % 4)));
}
const struct md_algorithm md_sha256 = { "sha256", 32, init, update, final };
