/* lookup: an instance of -1 or an empty name fits every element. */
#include <string.h>
#include "kstat.h"
kstat_t *
kstat_lookup(kstat_t *list, const char *module, int instance, const char *name)
{
	for (; list != NULL; list = list->ks_next) {
		if ((module == NULL || strcmp(list->ks_module, module) == 0) &&
		    (instance < 0 || list->ks_instance == instance) &&
		    (name == NULL || strcmp(list->ks_name, name) == 0))
			return (list);
	}
	return (NULL);
}
unsigned long
kstat_value(const kstat_t *k, const char *counter)
{
	const nvpair_t *p = nvlist_lookup(k->ks_data, counter, NV_INT64);
	return (p == NULL ? 0 : (unsigned long)p->v.number);
}
