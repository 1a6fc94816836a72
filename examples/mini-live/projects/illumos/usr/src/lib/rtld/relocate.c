/* relocate: the kinds of relocation that a program without thread storage has; -1 for any other. */
#include "rtld.h"
#if defined(__aarch64__)
enum { R_ABS = 257, R_GLOB = 1025, R_JUMP = 1026, R_RELATIVE = 1027, R_COPY = 1024 };
#else
enum { R_ABS = 1, R_GLOB = 6, R_JUMP = 7, R_RELATIVE = 8, R_COPY = 5 };
#endif
static const struct sym *
resolve(struct object *const *objects, int n, const char *name, const struct object *skip, uint64_t *base)
{
	for (int i = 0; i < n; i++) {
		const struct sym *s = objects[i] == skip ? NULL : sym_find(objects[i], name);
		if (s != NULL) {
			*base = objects[i]->base;
			return (s);
		}
	}
	return (NULL);
}
static int
table(struct object *o, const struct rela *r, size_t size, struct object *const *objects, int n)
{
	for (size_t i = 0; i < size / sizeof (*r); i++, r++) {
		uint64_t *at = (uint64_t *)(o->base + r->offset), base = 0;
		uint32_t kind = (uint32_t)r->info;
		const struct sym *want = &o->symbols[r->info >> 32], *s;
		if (kind == R_RELATIVE) {
			*at = o->base + (uint64_t)r->addend;
			continue;
		}
		if (kind != R_ABS && kind != R_GLOB && kind != R_JUMP && kind != R_COPY)
			return (-1);
		s = resolve(objects, n, o->strings + want->name, kind == R_COPY ? o : NULL, &base);
		if (s == NULL) {
			/* A weak symbol may stay undefined. */
			if (want->info >> 4 != 2)
				return (-1);
			*at = 0;
			continue;
		}
		if (kind == R_COPY) {
			const uint8_t *from = (const uint8_t *)(base + s->value);
			for (uint64_t k = 0; k < s->size; k++)
				((uint8_t *)at)[k] = from[k];
		} else {
			*at = base + s->value + (kind == R_ABS ? (uint64_t)r->addend : 0);
		}
	}
	return (0);
}
int
relocate(struct object *o, struct object *const *objects, int n)
{
	return (table(o, o->rela, o->rela_size, objects, n) | table(o, o->plt, o->plt_size, objects, n));
}
