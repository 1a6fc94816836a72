/* symbol: the System V hash table; a symbol without a section is not a definition. */
#include "rtld.h"
uint32_t
sym_hash(const char *s)
{
	uint32_t h = 0, g;
	for (; *s != '\0'; s++) {
		h = (h << 4) + (uint8_t)*s;
		g = h & 0xf0000000;
		h ^= g >> 24;
		h &= ~g;
	}
	return (h);
}
static int
same(const char *a, const char *b)
{
	while (*a != '\0' && *a == *b)
		a++, b++;
	return (*a == *b);
}
const struct sym *
sym_find(const struct object *o, const char *name)
{
	uint32_t buckets = o->hash[0];
	const uint32_t *bucket = o->hash + 2, *chain = bucket + buckets;
	for (uint32_t i = bucket[sym_hash(name) % buckets]; i != 0; i = chain[i]) {
		if (o->symbols[i].section != 0 && same(o->strings + o->symbols[i].name, name))
			return (&o->symbols[i]);
	}
	return (NULL);
}
