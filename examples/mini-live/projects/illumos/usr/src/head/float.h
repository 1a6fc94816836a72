/* float.h: properties of double. */
#ifndef _FLOAT_H
#define _FLOAT_H
#define DBL_MAX __DBL_MAX__
#define DBL_MIN __DBL_MIN__
#define DBL_EPSILON __DBL_EPSILON__
#define DBL_DIG __DBL_DIG__
#endif
