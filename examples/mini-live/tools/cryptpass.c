/* cryptpass: reads one password line on stdin (never an argument: those are visible) and prints its
   SHA-256 crypt form "$5$salt$hash", with a salt from the kernel's random bytes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct sha { uint32_t h[8]; uint64_t len; uint8_t buf[64]; };
#define ROT(v, n) ((v) >> (n) | (v) << (32 - (n)))
static const uint32_t K[64] = {
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
block(struct sha *m)
{
	const uint8_t *p = m->buf;
	uint32_t w[64], v[8];
	for (int i = 0; i < 16; i++, p += 4)
		w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	for (int i = 16; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] + (ROT(w[i - 15], 7) ^ ROT(w[i - 15], 18) ^ w[i - 15] >> 3) +
		    (ROT(w[i - 2], 17) ^ ROT(w[i - 2], 19) ^ w[i - 2] >> 10);
	memcpy(v, m->h, sizeof (v));
	for (int i = 0; i < 64; i++) {
		uint32_t a = v[7] + (ROT(v[4], 6) ^ ROT(v[4], 11) ^ ROT(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + K[i] + w[i];
		uint32_t b = (ROT(v[0], 2) ^ ROT(v[0], 13) ^ ROT(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
		memmove(v + 1, v, 7 * sizeof (v[0]));
		v[4] += a;
		v[0] = a + b;
	}
	for (int i = 0; i < 8; i++)
		m->h[i] += v[i];
}
static void
start(struct sha *m)
{
	static const uint32_t h[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	memcpy(m->h, h, sizeof (h));
	m->len = 0;
}
static void
feed(struct sha *m, const void *data, size_t n)
{
	const uint8_t *p = data;
	while (n-- > 0) {
		m->buf[m->len++ % 64] = *p++;
		if (m->len % 64 == 0)
			block(m);
	}
}
static void
end(struct sha *m, uint8_t *out)
{
	uint64_t bits = m->len * 8;
	uint8_t tail[8];
	feed(m, "\200", 1);
	while (m->len % 64 != 56)
		feed(m, "", 1);
	for (int i = 0; i < 8; i++)
		tail[i] = (uint8_t)(bits >> (56 - 8 * i));
	feed(m, tail, 8);
	for (int i = 0; i < 32; i++)
		out[i] = (uint8_t)(m->h[i / 4] >> (24 - 8 * (i % 4)));
}
static void
repeat(struct sha *m, const uint8_t *digest, size_t n)
{
	for (; n > 32; n -= 32)
		feed(m, digest, 32);
	feed(m, digest, n);
}
static void
letters(uint32_t v, int n)
{
	for (; n > 0; n--, v >>= 6)
		putchar("./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[v & 63]);
}
/* The steps and their order are those of the published description of SHA-crypt, 5000 rounds. */
static void
crypt256(const char *key, size_t n, const char *salt, size_t sn)
{
	static const uint8_t order[30] = { 0, 10, 20, 21, 1, 11, 12, 22, 2, 3, 13, 23, 24, 4, 14, 15, 25, 5, 6, 16, 26, 27, 7, 17, 18, 28, 8, 9, 19, 29 };
	struct sha m;
	uint8_t a[32], p[32], s[32];
	start(&m);
	feed(&m, key, n);
	feed(&m, salt, sn);
	feed(&m, key, n);
	end(&m, a);
	start(&m);
	feed(&m, key, n);
	feed(&m, salt, sn);
	repeat(&m, a, n);
	for (size_t bits = n; bits > 0; bits >>= 1)
		feed(&m, bits & 1 ? (const void *)a : key, bits & 1 ? 32 : n);
	end(&m, a);
	start(&m);
	for (size_t i = 0; i < n; i++)
		feed(&m, key, n);
	end(&m, p);
	start(&m);
	for (int i = 0; i < 16 + a[0]; i++)
		feed(&m, salt, sn);
	end(&m, s);
	for (int i = 0; i < 5000; i++) {
		start(&m);
		if (i & 1)
			repeat(&m, p, n);
		else
			feed(&m, a, 32);
		if (i % 3 != 0)
			repeat(&m, s, sn);
		if (i % 7 != 0)
			repeat(&m, p, n);
		if (i & 1)
			feed(&m, a, 32);
		else
			repeat(&m, p, n);
		end(&m, a);
	}
	printf("$5$%.*s$", (int)sn, salt);
	for (int i = 0; i < 30; i += 3)
		letters((uint32_t)a[order[i]] << 16 | (uint32_t)a[order[i + 1]] << 8 | a[order[i + 2]], 4);
	letters((uint32_t)a[31] << 8 | a[30], 3);
	putchar('\n');
}
int
main(void)
{
	char key[256], salt[16];
	FILE *f = fopen("/dev/urandom", "r");
	size_t n;
	if (f == NULL || fread(salt, 1, sizeof (salt), f) != sizeof (salt) || fgets(key, sizeof (key), stdin) == NULL) {
		fprintf(stderr, "cryptpass: %s\n", f == NULL ? "no random bytes" : "no password on stdin");
		return (1);
	}
	fclose(f);
	for (size_t i = 0; i < sizeof (salt); i++)
		salt[i] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[(unsigned char)salt[i] & 63];
	n = strcspn(key, "\r\n");
	if (n == 0) {
		fprintf(stderr, "cryptpass: the password is empty\n");
		return (1);
	}
	crypt256(key, n, salt, sizeof (salt));
	return (0);
}
