/* lookup: name and type must both be right; a dot leads into an inner list. */
#include <string.h>
#include "libnvpair.h"
nvpair_t *
nvlist_lookup(const nvlist_t *l, const char *name, nv_type_t type)
{
	size_t n = strcspn(name, ".");
	for (nvpair_t *p = l->first; p != NULL; p = p->next) {
		if (strncmp(p->name, name, n) != 0 || p->name[n] != '\0')
			continue;
		if (name[n] == '.')
			return (p->type == NV_NVLIST ? nvlist_lookup(p->v.list, name + n + 1, type) : NULL);
		return (p->type == type ? p : NULL);
	}
	return (NULL);
}
