/* selftest: known answers; a wrong one is named and counted. */
#include <stdio.h>
#include <string.h>
#include "minicrypto.h"
int selftest(void);
int
selftest(void)
{
	mc_u8 out[32];
	char text[80];
	int bad = 0;
	mc_sha1_t c;
	mc_sha1_init(&c);
	mc_sha1_update(&c, "abc", 3);
	mc_sha1_final(&c, out);
	mc_hex(text, out, 20);
	bad += strcmp(text, "a9993e364706816aba3e25717850c26c9cd0d89d") != 0;
	mc_hmac_sha1((const mc_u8 *)"Jefe", 4, (const mc_u8 *)"what do ya want for nothing?", 28, out);
	mc_hex(text, out, 20);
	bad += strcmp(text, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79") != 0;
	mc_base64(text, (const mc_u8 *)"foobar", 6);
	bad += strcmp(text, "Zm9vYmFy") != 0;
	bad += !mc_is_prime(4294967291U) || mc_is_prime(4294967295U);
	if (bad != 0)
		fprintf(stderr, "openssl: %d self tests failed\n", bad);
	return (bad);
}
