/* malloc: an address-ordered free list of chunks, merged on free; every chunk is a multiple of 16 bytes. */
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <errno.h>
#include <sys/syscall.h>
struct chunk { size_t size; struct chunk *next; };
#define HEAD 16
#define GRAIN 65536
static struct chunk *list;
static uintptr_t heap_end;
static struct chunk *
grow(size_t want)
{
	size_t size = (want + GRAIN - 1) & ~(size_t)(GRAIN - 1);
	struct chunk *c;
	if (heap_end == 0)
		heap_end = (uintptr_t)__systrap(SYS_brk, 0, 0, 0);
	if (__systrap(SYS_brk, (long)(heap_end + size), 0, 0) < 0) {
		errno = ENOMEM;
		return (NULL);
	}
	c = (struct chunk *)heap_end;
	heap_end += size;
	c->size = size;
	c->next = NULL;
	return (c);
}
void
free(void *p)
{
	struct chunk *c, **at;
	if (p == NULL)
		return;
	c = (struct chunk *)((char *)p - HEAD);
	for (at = &list; *at != NULL && *at < c; at = &(*at)->next)
		;
	c->next = *at;
	*at = c;
	if (c->next != NULL && (char *)c + c->size == (char *)c->next) {
		c->size += c->next->size;
		c->next = c->next->next;
	}
}
void *
malloc(size_t n)
{
	size_t need = ((n + 15) & ~(size_t)15) + HEAD;
	struct chunk **at, *c;
	if (need < n)
		return (NULL);
	for (at = &list; *at != NULL && (*at)->size < need; at = &(*at)->next)
		;
	c = *at;
	if (c == NULL) {
		c = grow(need);
		if (c == NULL)
			return (NULL);
	} else {
		*at = c->next;
	}
	if (c->size >= need + 2 * HEAD) {
		struct chunk *rest = (struct chunk *)((char *)c + need);
		rest->size = c->size - need;
		c->size = need;
		free((char *)rest + HEAD);
	}
	return ((char *)c + HEAD);
}
void *
calloc(size_t count, size_t size)
{
	size_t n = count * size;
	void *p;
	if (size != 0 && n / size != count)
		return (NULL);
	p = malloc(n);
	if (p != NULL)
		memset(p, 0, n);
	return (p);
}
void *
realloc(void *old, size_t n)
{
	void *p = malloc(n);
	if (p != NULL && old != NULL) {
		size_t had = ((struct chunk *)((char *)old - HEAD))->size - HEAD;
		memcpy(p, old, had < n ? had : n);
		free(old);
	}
	return (p);
}
