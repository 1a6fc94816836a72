/* limits.h: ranges of the integer types on an LP64 machine. */
#ifndef _LIMITS_H
#define _LIMITS_H
#define CHAR_BIT 8
#define INT_MAX 0x7fffffff
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX 0xffffffffU
#define LONG_MAX 0x7fffffffffffffffL
#define LONG_MIN (-LONG_MAX - 1L)
#define ULONG_MAX 0xffffffffffffffffUL
#define PATH_MAX 1024
#define LINE_MAX 2048
#endif
