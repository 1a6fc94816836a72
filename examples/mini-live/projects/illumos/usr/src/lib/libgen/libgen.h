/* libgen.h: both functions may change the string they are given. */
#ifndef _LIBGEN_H
#define _LIBGEN_H
char *basename(char *);
char *dirname(char *);
char *pathnorm(char *);
#endif
