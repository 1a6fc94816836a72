/* hmac: RFC 2104 over sha1. */
#include <string.h>
#include "minicrypto.h"
void
mc_hmac_sha1(const mc_u8 *key, size_t kn, const mc_u8 *data, size_t n, mc_u8 *out)
{
	mc_u8 pad[64] = { 0 };
	mc_sha1_t c;
	if (kn > 64) {
		mc_sha1_init(&c);
		mc_sha1_update(&c, key, kn);
		mc_sha1_final(&c, pad);
	} else {
		memcpy(pad, key, kn);
	}
	for (int i = 0; i < 64; i++)
		pad[i] ^= 0x36;
	mc_sha1_init(&c);
	mc_sha1_update(&c, pad, 64);
	mc_sha1_update(&c, data, n);
	mc_sha1_final(&c, out);
	for (int i = 0; i < 64; i++)
		pad[i] ^= 0x36 ^ 0x5c;
	mc_sha1_init(&c);
	mc_sha1_update(&c, pad, 64);
	mc_sha1_update(&c, out, 20);
	mc_sha1_final(&c, out);
	memset(pad, 0, sizeof (pad));
}
