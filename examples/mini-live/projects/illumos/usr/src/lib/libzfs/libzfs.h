/* libzfs.h: nothing here talks to a pool; it knows what may be said to one. */
#ifndef _LIBZFS_H
#define _LIBZFS_H
#include <libnvpair.h>
typedef enum { ZFS_BAD, ZFS_POOL, ZFS_FILESYSTEM, ZFS_SNAPSHOT } zfs_type_t;
zfs_type_t zfs_name_type(const char *);
int zfs_parse_size(const char *, unsigned long *);
int zfs_props_check(const nvlist_t *, char *, size_t);
int zfs_name_compare(const char *, const char *);
nvlist_t *zfs_tree(const char *const *, size_t);
#endif
