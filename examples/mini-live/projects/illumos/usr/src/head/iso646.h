/* iso646.h: words for the operators that some keyboards lack. */
#ifndef _ISO646_H
#define _ISO646_H
#define and &&
#define or ||
#define not !
#endif
