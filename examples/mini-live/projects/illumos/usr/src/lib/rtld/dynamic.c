/* dynamic: the tags that the platform's own link editor writes; others are passed over. */
#include "rtld.h"
void
object_read(struct object *o, uint64_t base, const struct dyn *d)
{
	o->base = base;
	o->rela_size = o->plt_size = 0;
	o->needed_count = 0;
	for (; d->tag != 0; d++) {
		switch (d->tag) {
		case 1:
			if (o->needed_count < 16)
				o->needed[o->needed_count++] = (uint32_t)d->value;
			break;
		case 2: o->plt_size = d->value; break;
		case 4: o->hash = (const void *)(base + d->value); break;
		case 5: o->strings = (const void *)(base + d->value); break;
		case 6: o->symbols = (const void *)(base + d->value); break;
		case 7: o->rela = (const void *)(base + d->value); break;
		case 8: o->rela_size = d->value; break;
		case 23: o->plt = (const void *)(base + d->value); break;
		}
	}
}
