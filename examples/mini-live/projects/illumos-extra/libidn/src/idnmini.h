/* idnmini.h: labels of at most IDN_LABEL bytes; every function returns -1 for what cannot be. */
#ifndef IDNMINI_H
#define IDNMINI_H
#include <stddef.h>
#define IDN_LABEL 64
int idn_punycode(const unsigned int *, int, char *, int);
int idn_utf8(const char *, unsigned int *, int);
int idn_to_ascii(const char *, char *, int);
#endif
