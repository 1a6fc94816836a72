/* inttypes.h: format letters for the exact widths. */
#ifndef _INTTYPES_H
#define _INTTYPES_H
#include <stdint.h>
#define PRIu64 "lu"
#define PRId64 "ld"
#define PRIx64 "lx"
#endif
