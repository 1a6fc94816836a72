/* ctype.h: classes of the portable character set; one table, _ctype, indexed by byte. */
#ifndef _CTYPE_H
#define _CTYPE_H
#define _CT_U 1
#define _CT_L 2
#define _CT_N 4
#define _CT_S 8
#define _CT_P 16
#define _CT_C 32
#define _CT_X 64
extern const unsigned char _ctype[256];
int isalpha(int);
int isdigit(int);
int isalnum(int);
int isspace(int);
int isupper(int);
int islower(int);
int ispunct(int);
int iscntrl(int);
int isxdigit(int);
int isprint(int);
int toupper(int);
int tolower(int);
#endif
