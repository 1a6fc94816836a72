/* sys/kmem.h: memory of the kernel; who frees says how much. */
#ifndef _SYS_KMEM_H
#define _SYS_KMEM_H
#include <sys/types.h>
void *kmem_zalloc(size_t);
void kmem_free(void *, size_t);
typedef struct kmem_cache kmem_cache_t;
kmem_cache_t *kmem_cache_create(const char *, size_t);
void *kmem_cache_alloc(kmem_cache_t *);
void kmem_cache_free(kmem_cache_t *, void *);
void kmem_init(void *, size_t);
#endif
