/* bzmini.h: blocks of at most BZ_BLOCK bytes, each transformed on its own. */
#ifndef BZMINI_H
#define BZMINI_H
#include <stddef.h>
#define BZ_BLOCK 4096
unsigned int bz_bwt(unsigned char *, const unsigned char *, unsigned int);
void bz_unbwt(unsigned char *, const unsigned char *, unsigned int, unsigned int);
void bz_mtf(unsigned char *, unsigned int);
void bz_unmtf(unsigned char *, unsigned int);
size_t bz_rle(unsigned char *, const unsigned char *, size_t);
long bz_unrle(unsigned char *, size_t, const unsigned char *, size_t);
size_t bz_pack_block(unsigned char *, const unsigned char *, unsigned int);
long bz_unpack_block(unsigned char *, const unsigned char *, size_t);
#endif
