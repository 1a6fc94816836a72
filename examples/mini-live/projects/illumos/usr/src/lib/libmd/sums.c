/* crc32 and fletcher4: checksums, not digests: they find damage, not malice. */
#include "md.h"
static void
crc_init(md_t *m)
{
	m->h[0] = 0xffffffff;
	m->len = 0;
}
static void
crc_update(md_t *m, const void *data, size_t n)
{
	const uint8_t *p = data;
	uint32_t v = (uint32_t)m->h[0];
	for (; n > 0; n--) {
		v ^= *p++;
		for (int i = 0; i < 8; i++)
			v = v >> 1 ^ (0xedb88320U & (0U - (v & 1)));
	}
	m->h[0] = v;
}
static void
crc_final(md_t *m, uint8_t *out)
{
	uint32_t v = ~(uint32_t)m->h[0];
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(v >> (24 - 8 * i));
}
static void
sum_init(md_t *m)
{
	for (int i = 0; i < 4; i++)
		m->h[i] = 0;
	m->len = 0;
}
static void
sum_update(md_t *m, const void *data, size_t n)
{
	const uint8_t *p = data;
	for (; n > 0; n--) {
		m->buf[m->len++ % 4] = *p++;
		if (m->len % 4 == 0) {
			m->h[0] += m->buf[0] | (uint32_t)m->buf[1] << 8 | (uint32_t)m->buf[2] << 16 | (uint32_t)m->buf[3] << 24;
			m->h[1] += m->h[0];
			m->h[2] += m->h[1];
			m->h[3] += m->h[2];
		}
	}
}
static void
sum_final(md_t *m, uint8_t *out)
{
	while (m->len % 4 != 0)
		sum_update(m, "", 1);
	for (int i = 0; i < 32; i++)
		out[i] = (uint8_t)(m->h[i / 8] >> (56 - 8 * (i % 8)));
}
const struct md_algorithm md_crc32 = { "crc32", 4, crc_init, crc_update, crc_final };
const struct md_algorithm md_fletcher4 = { "fletcher4", 32, sum_init, sum_update, sum_final };
