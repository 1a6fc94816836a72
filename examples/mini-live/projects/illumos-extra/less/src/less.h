/* less.h: a text is one buffer and an index of where its lines begin. */
#ifndef LESS_H
#define LESS_H
#include <stddef.h>
struct text { char *bytes; size_t size; size_t *at; size_t lines; };
int text_load(struct text *, const char *);
void text_show(const struct text *, size_t, size_t, size_t);
long text_search(const struct text *, const char *, size_t, int);
void prompt_line(const struct text *, const char *, size_t, size_t);
long unpack_file(char **, const unsigned char *, size_t);
#endif
