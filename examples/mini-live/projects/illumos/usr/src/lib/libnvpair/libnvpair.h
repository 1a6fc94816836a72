/* libnvpair.h: a list keeps the order in which names were added; a name added again replaces. */
#ifndef _LIBNVPAIR_H
#define _LIBNVPAIR_H
#include <stddef.h>
#include <stdio.h>
typedef struct nvlist nvlist_t;
typedef enum { NV_BOOLEAN = 1, NV_INT64, NV_STRING, NV_NVLIST } nv_type_t;
typedef struct nvpair {
	struct nvpair *next;
	nv_type_t type;
	char *name;
	union { long number; char *text; nvlist_t *list; } v;
} nvpair_t;
struct nvlist { nvpair_t *first; size_t count; };
nvlist_t *nvlist_alloc(void);
void nvlist_free(nvlist_t *);
int nvlist_add_boolean(nvlist_t *, const char *, int);
int nvlist_add_int64(nvlist_t *, const char *, long);
int nvlist_add_string(nvlist_t *, const char *, const char *);
int nvlist_add_nvlist(nvlist_t *, const char *, nvlist_t *);
nvpair_t *nvlist_lookup(const nvlist_t *, const char *, nv_type_t);
int nvlist_remove(nvlist_t *, const char *);
void nvlist_dump(const nvlist_t *, FILE *);
size_t nvlist_pack(const nvlist_t *, unsigned char *, size_t);
nvlist_t *nvlist_unpack(const unsigned char *, size_t);
#endif
