/* openssl: dgst and hmac of standard input, base64, rand and prime. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "minicrypto.h"
int selftest(void);
int main(int argc, char **argv)
{
	unsigned char in[4096], mac[20];
	if (argc < 2) {
		fprintf(stderr, "usage: openssl dgst | hmac key | base64 | rand count | prime number\n");
		return (2);
	}
	char text[8192];
	size_t n;
	if (strcmp(argv[1], "dgst") == 0) {
		mc_sha1_t c;
		mc_sha1_init(&c);
		while ((n = fread(in, 1, sizeof (in), stdin)) > 0)
			mc_sha1_update(&c, in, n);
		mc_sha1_final(&c, mac);
		mc_hex(text, mac, 20);
	} else if (strcmp(argv[1], "hmac") == 0 && argc == 3) {
		n = fread(in, 1, sizeof (in), stdin);
		mc_hmac_sha1((const mc_u8 *)argv[2], strlen(argv[2]), in, n, mac);
		mc_hex(text, mac, 20);
	} else if (strcmp(argv[1], "base64") == 0) {
		n = fread(in, 1, sizeof (in), stdin);
		mc_base64(text, in, n);
	} else if (strcmp(argv[1], "rand") == 0 && argc == 3) {
		n = (size_t)atoi(argv[2]);
		if (n > sizeof (in) || mc_random(in, n) != 0)
			return (1);
		mc_hex(text, in, n);
	} else if (strcmp(argv[1], "prime") == 0 && argc == 3) {
		strcpy(text, mc_is_prime((mc_u32)atol(argv[2])) ? "prime" : "composite");
	} else {
		return (2);
	}
	puts(text);
	return (0);
}
