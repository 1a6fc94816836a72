/* frame.h: a block is length, packed length and crc, each four bytes, then the packed bytes. */
#ifndef FRAME_H
#define FRAME_H
#include <stdio.h>
#define FRAME_MAX 65536
void frame_put(unsigned int, FILE *);
int frame_get(unsigned int *, FILE *);
#endif
