/* minicrypto.h: what libcrypto offers; no function keeps a secret after it returns. */
#ifndef MINICRYPTO_H
#define MINICRYPTO_H
#include <stddef.h>
typedef unsigned int mc_u32;
typedef unsigned char mc_u8;
typedef struct { mc_u32 h[5]; unsigned long len; mc_u8 buf[64]; } mc_sha1_t;
void mc_sha1_init(mc_sha1_t *);
void mc_sha1_update(mc_sha1_t *, const void *, size_t);
void mc_sha1_final(mc_sha1_t *, mc_u8 *);
void mc_hmac_sha1(const mc_u8 *, size_t, const mc_u8 *, size_t, mc_u8 *);
void mc_chacha(const mc_u8 *, const mc_u8 *, mc_u32, mc_u8 *, size_t);
size_t mc_base64(char *, const mc_u8 *, size_t);
long mc_unbase64(mc_u8 *, const char *);
void mc_hex(char *, const mc_u8 *, size_t);
mc_u32 mc_powmod(mc_u32, mc_u32, mc_u32);
int mc_is_prime(mc_u32);
int mc_random(mc_u8 *, size_t);
size_t mc_der_length(mc_u8 *, size_t);
size_t mc_der_integer(mc_u8 *, const mc_u8 *, size_t);
#endif
