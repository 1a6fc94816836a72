/* md.h: every digest is opened, fed in any pieces and closed through one table. */
#ifndef _MD_H
#define _MD_H
#include <stddef.h>
#include <stdint.h>
typedef struct { uint64_t h[8], len; uint8_t buf[128]; } md_t;
struct md_algorithm { const char *name; size_t size; void (*init)(md_t *); void (*update)(md_t *, const void *, size_t); void (*final)(md_t *, uint8_t *); };
extern const struct md_algorithm md_md5, md_sha256, md_sha512, md_crc32, md_fletcher4;
const struct md_algorithm *md_find(const char *);
const struct md_algorithm *md_nth(int);
#endif
