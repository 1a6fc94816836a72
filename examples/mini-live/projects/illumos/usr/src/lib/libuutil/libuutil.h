/* libuutil.h: numbers with limits, joined strings, lists and a usage exit. */
#ifndef _LIBUUTIL_H
#define _LIBUUTIL_H
#include <stddef.h>
typedef struct uu_list_node { struct uu_list_node *next, *prev; } uu_list_node_t;
typedef struct { uu_list_node_t head; size_t count; } uu_list_t;
int uu_strtoint(const char *, long *, long, long);
char *uu_msprintf(const char *, ...) __attribute__((format(printf, 1, 2)));
char *uu_join(const char *const *, size_t, const char *);
void uu_list_create(uu_list_t *);
void uu_list_append(uu_list_t *, uu_list_node_t *);
void uu_list_remove(uu_list_t *, uu_list_node_t *);
void uu_die(const char *, ...) __attribute__((noreturn, format(printf, 1, 2)));
void uu_warn(const char *, ...) __attribute__((format(printf, 1, 2)));
int uu_streq(const char *, const char *);
int uu_strcaseeq(const char *, const char *);
#endif
