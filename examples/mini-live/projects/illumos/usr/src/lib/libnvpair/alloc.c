/* alloc: freeing a list frees its names, texts and inner lists. */
#include <stdlib.h>
#include <string.h>
#include "libnvpair.h"
nvlist_t *
nvlist_alloc(void)
{
	return (calloc(1, sizeof (nvlist_t)));
}
static void
pair_free(nvpair_t *p)
{
	if (p->type == NV_STRING)
		free(p->v.text);
	if (p->type == NV_NVLIST)
		nvlist_free(p->v.list);
	free(p->name);
	free(p);
}
void
nvlist_free(nvlist_t *l)
{
	if (l == NULL)
		return;
	while (l->first != NULL) {
		nvpair_t *p = l->first;
		l->first = p->next;
		pair_free(p);
	}
	free(l);
}
int
nvlist_remove(nvlist_t *l, const char *name)
{
	for (nvpair_t **at = &l->first; *at != NULL; at = &(*at)->next) {
		if (strcmp((*at)->name, name) == 0) {
			nvpair_t *p = *at;
			*at = p->next;
			l->count--;
			pair_free(p);
			return (0);
		}
	}
	return (-1);
}
