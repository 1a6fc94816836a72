/* ddi: one node a device; registers are reached only inside what was mapped. */
#include <sys/ddi.h>
#include <sys/kmem.h>
#include <sys/cmn_err.h>
struct dev_info { const char *name, *class; int instance, vectors, kind; unsigned char *registers; size_t size; ddi_intr_fn fn; void *arg, *minor; unsigned long events; };
struct item { struct item *next; dev_info_t *dip; void *state; };
int ddi_instance(const dev_info_t *d) { return (d->instance); }
int
ddi_map(dev_info_t *d, const struct ddi_register *r, ddi_handle_t *h)
{
	for (; r->name != NULL; r++) {
		if (r->offset + r->width > d->size) {
			cmn_err(CE_WARN, "%s%d: register %s is outside of %lu bytes", d->name, d->instance, r->name, (unsigned long)d->size);
			return (DDI_FAILURE);
		}
	}
	h->base = d->registers;
	h->size = d->size;
	return (DDI_SUCCESS);
}
uint64_t
ddi_get(const ddi_handle_t *h, unsigned int at, unsigned int width)
{
	uint64_t v = 0;
	if (at + width > h->size)
		return (~0UL);
	for (unsigned int i = 0; i < width; i++)
		v |= (uint64_t)h->base[at + i] << (8 * i);
	return (v);
}
void
ddi_put(const ddi_handle_t *h, unsigned int at, unsigned int width, uint64_t v)
{
	if (at + width > h->size)
		return;
	for (unsigned int i = 0; i < width; i++)
		h->base[at + i] = (unsigned char)(v >> (8 * i));
}
uint64_t
ddi_swap(uint64_t v, unsigned int width)
{
	uint64_t r = 0;
	for (unsigned int i = 0; i < width; i++)
		r |= (v >> (8 * i) & 0xff) << (8 * (width - 1 - i));
	return (r);
}
int
ddi_intr_add(dev_info_t *d, unsigned int n, int kind, ddi_intr_fn fn, void *arg)
{
	if (d->fn != NULL)
		return (DDI_FAILURE);
	d->vectors = (int)n;
	d->kind = kind;
	d->fn = fn;
	d->arg = arg;
	return (DDI_SUCCESS);
}
void
ddi_intr_remove(dev_info_t *d)
{
	d->fn = NULL;
	d->arg = NULL;
}
int
ddi_intr_dispatch(dev_info_t *d, unsigned int vector)
{
	return (d->fn == NULL ? DDI_INTR_UNCLAIMED : d->fn(d->arg, vector));
}
int
ddi_minor(dev_info_t *d, const char *name, const char *class, void *state)
{
	if (d->minor != NULL)
		return (DDI_FAILURE);
	d->name = name;
	d->class = class;
	d->minor = state;
	return (DDI_SUCCESS);
}
void
ddi_event(dev_info_t *d, const char *class, unsigned int bit)
{
	d->events++;
	if (bit == 0)
		cmn_err(CE_CONT, "%s%d: %s event", d->name, d->instance, class);
}
int
ddi_firmware(dev_info_t *d, const char *name)
{
	cmn_err(CE_NOTE, "%s%d: firmware %s is loaded at boot", d->name, d->instance, name);
	return (DDI_SUCCESS);
}
void
ddi_list_add(void **list, dev_info_t *d, void *state)
{
	struct item *i = kmem_zalloc(sizeof (*i));
	if (i == NULL)
		return;
	i->next = *list;
	i->dip = d;
	i->state = state;
	*list = i;
}
void *
ddi_list_remove(void **list, dev_info_t *d)
{
	struct item *i = *list, *before = NULL;
	void *state;
	for (; i != NULL && i->dip != d; i = i->next)
		before = i;
	if (i == NULL)
		return (NULL);
	if (before == NULL)
		*list = i->next;
	else
		before->next = i->next;
	state = i->state;
	kmem_free(i, sizeof (*i));
	return (state);
}
