/* kmem: power-of-two buckets carved from one arena; a freed block goes back to its bucket. */
#include <sys/kmem.h>
#include <sys/cmn_err.h>
struct free_block { struct free_block *next; };
struct kmem_cache { const char *name; size_t size; struct free_block *list; unsigned long allocs, frees; };
static unsigned char *arena, *arena_end;
static struct free_block *bucket[32];
static struct kmem_cache caches[32];
static int cache_count;
void
kmem_init(void *base, size_t size)
{
	arena = base;
	arena_end = arena + size;
}
static int
order(size_t n)
{
	int k = 4;
	while (((size_t)1 << k) < n)
		k++;
	return (k);
}
void *
kmem_zalloc(size_t n)
{
	int k = order(n);
	size_t size = (size_t)1 << k;
	unsigned char *p = (unsigned char *)bucket[k & 31];
	if (p != NULL) {
		bucket[k & 31] = bucket[k & 31]->next;
	} else {
		if (arena == NULL || (size_t)(arena_end - arena) < size)
			return (NULL);
		p = arena;
		arena += size;
	}
	for (size_t i = 0; i < size; i++)
		p[i] = 0;
	return (p);
}
void
kmem_free(void *p, size_t n)
{
	struct free_block *b = p;
	int k = order(n);
	if (p == NULL)
		return;
	b->next = bucket[k & 31];
	bucket[k & 31] = b;
}
kmem_cache_t *
kmem_cache_create(const char *name, size_t size)
{
	struct kmem_cache *c;
	if (cache_count == 32) {
		cmn_err(CE_WARN, "no room for cache %s", name);
		return (NULL);
	}
	c = &caches[cache_count++];
	c->name = name;
	c->size = size;
	return (c);
}
void *
kmem_cache_alloc(kmem_cache_t *c)
{
	struct free_block *b = c->list;
	c->allocs++;
	if (b == NULL)
		return (kmem_zalloc(c->size));
	c->list = b->next;
	return (b);
}
void
kmem_cache_free(kmem_cache_t *c, void *p)
{
	struct free_block *b = p;
	c->frees++;
	b->next = c->list;
	c->list = b;
}
