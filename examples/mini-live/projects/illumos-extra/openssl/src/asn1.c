/* asn1: lengths and integers of DER, written only. */
#include "minicrypto.h"
size_t
mc_der_length(mc_u8 *to, size_t n)
{
	size_t bytes = 0, w = 0;
	if (n < 128) {
		to[0] = (mc_u8)n;
		return (1);
	}
	for (size_t v = n; v > 0; v >>= 8)
		bytes++;
	to[w++] = (mc_u8)(0x80 | bytes);
	while (bytes-- > 0)
		to[w++] = (mc_u8)(n >> (8 * bytes));
	return (w);
}
size_t
mc_der_integer(mc_u8 *to, const mc_u8 *p, size_t n)
{
	size_t w = 0, pad;
	while (n > 1 && p[0] == 0) {
		p++;
		n--;
	}
	pad = n > 0 && (p[0] & 0x80) != 0;
	to[w++] = 2;
	w += mc_der_length(to + w, n + pad);
	if (pad)
		to[w++] = 0;
	for (size_t i = 0; i < n; i++)
		to[w++] = p[i];
	return (w);
}
