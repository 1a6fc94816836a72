/* sys/vnode.h: a file as the kernel holds it, whatever file system it is on. */
#ifndef _SYS_VNODE_H
#define _SYS_VNODE_H
#include <sys/types.h>
typedef struct vnode vnode_t;
struct vnodeops {
	long (*read)(vnode_t *, void *, size_t, off_t);
	long (*write)(vnode_t *, const void *, size_t, off_t);
	vnode_t *(*lookup)(vnode_t *, const char *);
	vnode_t *(*create)(vnode_t *, const char *, mode_t);
	int (*remove)(vnode_t *, const char *);
};
struct vnode { const struct vnodeops *ops; void *data; vnode_t *next, *children; char name[64]; mode_t mode; size_t size; int holds; };
vnode_t *lookupname(vnode_t *, const char *);
vnode_t *tmpfs_root(void);
vnode_t *vn_hold(vnode_t *);
void vn_rele(vnode_t *);
#endif
