/* libcmdutils.h: files, sizes and subcommands as commands need them. */
#ifndef _LIBCMDUTILS_H
#define _LIBCMDUTILS_H
#include <stddef.h>
#include <stdio.h>
FILE *input_open(const char *);
int each_input(int, char **, int (*)(FILE *, const char *));
char *read_line(FILE *);
char *human_size(unsigned long, char *, size_t);
int copy_file(const char *, const char *);
char *path_join(const char *, const char *, char *, size_t);
char *mode_string(unsigned int, char *);
int parse_mode(const char *, unsigned int, unsigned int *);
int parse_ranges(const char *, unsigned char *, size_t);
int confirm(const char *);
struct subcommand { const char *name, *operands, *summary; const char *action; int least, most; };
struct property { const char *name, *kind, *values, *initial; };
int subcommand_main(int, char **, const struct subcommand *, size_t, const struct property *, size_t);
int property_check(const struct property *, size_t, const char *, const char *);
#endif
