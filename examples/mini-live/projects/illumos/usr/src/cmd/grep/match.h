/* match.h: does a pattern occur in a line. */
#ifndef MATCH_H
#define MATCH_H
int match_check(const char *);
int match(const char *, const char *);
#endif
