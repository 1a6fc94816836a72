/* rtld.h: a loaded object as the linker sees it; every address already has the load base added. */
#ifndef RTLD_H
#define RTLD_H
#include <stdint.h>
#include <stddef.h>
struct dyn { int64_t tag; uint64_t value; };
struct sym { uint32_t name; uint8_t info, other; uint16_t section; uint64_t value, size; };
struct rela { uint64_t offset, info; int64_t addend; };
struct object {
	uint64_t base;
	const struct sym *symbols;
	const char *strings;
	const uint32_t *hash;
	const struct rela *rela, *plt;
	size_t rela_size, plt_size;
	uint32_t needed[16];
	int needed_count;
};
void object_read(struct object *, uint64_t, const struct dyn *);
uint32_t sym_hash(const char *);
const struct sym *sym_find(const struct object *, const char *);
int relocate(struct object *, struct object *const *, int);
#endif
