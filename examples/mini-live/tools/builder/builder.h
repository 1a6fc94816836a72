/* builder.h: an entry of the manifest, where its bytes come from, and the archive it goes to. */
#ifndef BUILDER_H
#define BUILDER_H
#include <stdio.h>
struct id { const char *name; int number; };
extern const struct id users[], groups[];
struct entry { char type, path[512], target[512], user[64], group[64]; unsigned int mode; int uid, gid; };
int id_find(const struct id *, const char *);
const char *search_file(char **, int, const char *, char *, size_t, long *);
int tar_entry(FILE *, const struct entry *, const char *, long);
int tar_end(FILE *);
#endif
