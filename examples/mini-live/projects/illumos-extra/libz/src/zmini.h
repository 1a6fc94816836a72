/* zmini.h: a byte stream of literals and (distance, length) pairs, and two checksums. */
#ifndef ZMINI_H
#define ZMINI_H
#include <stddef.h>
#define ZMINI_WINDOW 4096
#define ZMINI_MIN 4
#define ZMINI_MAX 258
unsigned int zmini_adler32(unsigned int, const unsigned char *, size_t);
unsigned int zmini_crc32(unsigned int, const unsigned char *, size_t);
size_t zmini_bound(size_t);
size_t zmini_pack(unsigned char *, const unsigned char *, size_t);
long zmini_unpack(unsigned char *, size_t, const unsigned char *, size_t);
const char *zmini_version(void);
struct zmini_hash { long head[4096]; };
void zmini_slide_init(struct zmini_hash *);
size_t zmini_longest(struct zmini_hash *, const unsigned char *, size_t, size_t, size_t *);
#endif
