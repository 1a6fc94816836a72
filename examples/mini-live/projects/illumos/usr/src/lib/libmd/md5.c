/* md5: RFC 1321; the sine table is spelled out so that no floating point is needed. */
#include <string.h>
#include "md.h"
#define ROT(v, n) ((v) << (n) | (v) >> (32 - (n)))
static const uint32_t k[64] = {
	0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
	0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
	0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
	0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
	0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
	0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
	0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
	0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};
static const uint8_t turn[16] = { 7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21 };
static void
block(md_t *m, const uint8_t *p)
{
	uint32_t w[16], a = (uint32_t)m->h[0], b = (uint32_t)m->h[1], c = (uint32_t)m->h[2], d = (uint32_t)m->h[3];
	for (int i = 0; i < 16; i++, p += 4)
		w[i] = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
	for (int i = 0; i < 64; i++) {
		int r = i / 16, g = (r == 0 ? i : r == 1 ? 5 * i + 1 : r == 2 ? 3 * i + 5 : 7 * i) & 15;
		uint32_t f = r == 0 ? (b & c) | (~b & d) : r == 1 ? (d & b) | (~d & c) : r == 2 ? b ^ c ^ d : c ^ (b | ~d);
		uint32_t t = d;
		f += a + k[i] + w[g];
		d = c, c = b, a = t;
		b += ROT(f, turn[4 * r + i % 4]);
	}
	m->h[0] = (uint32_t)(m->h[0] + a), m->h[1] = (uint32_t)(m->h[1] + b);
	m->h[2] = (uint32_t)(m->h[2] + c), m->h[3] = (uint32_t)(m->h[3] + d);
}
static void
init(md_t *m)
{
	m->h[0] = 0x67452301, m->h[1] = 0xefcdab89, m->h[2] = 0x98badcfe, m->h[3] = 0x10325476;
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
		tail[i] = (uint8_t)(bits >> (8 * i));
	update(m, tail, 8);
	for (int i = 0; i < 16; i++)
		out[i] = (uint8_t)(m->h[i / 4] >> (8 * (i % 4)));
}
const struct md_algorithm md_md5 = { "md5", 16, init, update, final };
