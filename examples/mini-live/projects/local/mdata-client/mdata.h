/* mdata.h: one request and one answer are one line each. */
#ifndef MDATA_H
#define MDATA_H
#include <stddef.h>
int frame_make(char *, size_t, const char *, const char *, const char *);
int frame_read(const char *, char *, size_t);
size_t base64(char *, const char *, size_t);
long unbase64(char *, size_t, const char *);
unsigned int crc(const char *, size_t);
int plat_ask(const char *, char *, size_t);
#endif
