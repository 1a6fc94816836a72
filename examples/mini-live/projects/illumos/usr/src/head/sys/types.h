/* sys/types.h: names for the kernel's own quantities. */
#ifndef _SYS_TYPES_H
#define _SYS_TYPES_H
#include <stddef.h>
#include <stdint.h>
typedef long off_t;
typedef long ssize_t;
typedef int pid_t;
typedef int uid_t;
typedef int gid_t;
typedef unsigned int mode_t;
typedef unsigned long dev_t;
typedef unsigned char uchar_t;
typedef unsigned int uint_t;
typedef enum { B_FALSE, B_TRUE } boolean_t;
#endif
