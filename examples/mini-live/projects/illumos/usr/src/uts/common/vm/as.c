/* as: segments are sorted by address and never overlap. */
#include <sys/vm.h>
#include <sys/kmem.h>
const struct seg *
as_find(const struct as *as, uint64_t addr)
{
	const struct seg *s = as->segs;
	while (s != NULL && addr >= s->base + s->size)
		s = s->next;
	return (s != NULL && addr >= s->base ? s : NULL);
}
int
as_map(struct as *as, uint64_t base, uint64_t size, unsigned int prot)
{
	struct seg **at = &as->segs, *s;
	if (size == 0 || (base | size) % PAGESIZE != 0 || base + size < base)
		return (-1);
	while (*at != NULL && (*at)->base + (*at)->size <= base)
		at = &(*at)->next;
	if (*at != NULL && (*at)->base < base + size)
		return (-1);
	s = kmem_zalloc(sizeof (*s));
	if (s == NULL)
		return (-1);
	s->base = base;
	s->size = size;
	s->prot = prot;
	s->next = *at;
	*at = s;
	as->mapped += size;
	return (0);
}
int
as_unmap(struct as *as, uint64_t base, uint64_t size)
{
	int removed = 0;
	for (struct seg **at = &as->segs; *at != NULL; ) {
		struct seg *s = *at;
		if (s->base >= base && s->base + s->size <= base + size) {
			*at = s->next;
			as->mapped -= s->size;
			kmem_free(s, sizeof (*s));
			removed++;
		} else {
			at = &s->next;
		}
	}
	return (removed);
}
uint64_t
as_gap(const struct as *as, uint64_t size)
{
	uint64_t base = PAGESIZE;
	for (const struct seg *s = as->segs; s != NULL; s = s->next) {
		if (s->base - base >= size)
			return (base);
		base = s->base + s->size;
	}
	return (base);
}
