/* add: the list owns what is added; a failure leaves it without the name. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "libnvpair.h"
static nvpair_t *
add(nvlist_t *l, const char *name, nv_type_t type)
{
	nvpair_t *p = calloc(1, sizeof (*p)), **at;
	if (p == NULL || (p->name = strdup(name)) == NULL) {
		free(p);
		return (NULL);
	}
	(void)nvlist_remove(l, name);
	p->type = type;
	for (at = &l->first; *at != NULL; at = &(*at)->next)
		;
	*at = p;
	l->count++;
	return (p);
}
int
nvlist_add_int64(nvlist_t *l, const char *name, long v)
{
	nvpair_t *p = add(l, name, NV_INT64);
	if (p == NULL)
		return (ENOMEM);
	p->v.number = v;
	return (0);
}
int
nvlist_add_boolean(nvlist_t *l, const char *name, int v)
{
	nvpair_t *p = add(l, name, NV_BOOLEAN);
	if (p == NULL)
		return (ENOMEM);
	p->v.number = v != 0;
	return (0);
}
int
nvlist_add_string(nvlist_t *l, const char *name, const char *v)
{
	char *copy = strdup(v);
	nvpair_t *p = copy == NULL ? NULL : add(l, name, NV_STRING);
	if (p == NULL) {
		free(copy);
		return (ENOMEM);
	}
	p->v.text = copy;
	return (0);
}
int
nvlist_add_nvlist(nvlist_t *l, const char *name, nvlist_t *v)
{
	nvpair_t *p = add(l, name, NV_NVLIST);
	if (p == NULL)
		return (ENOMEM);
	p->v.list = v;
	return (0);
}
