/* tree: dataset names become nested lists, each level keyed by its last part. */
#include <avl.h>
#include <stdlib.h>
#include <string.h>
#include "libzfs.h"
nvlist_t *
zfs_tree(const char *const *names, size_t n)
{
	nvlist_t *root = nvlist_alloc();
	for (size_t i = 0; root != NULL && i < n; i++) {
		char *copy = strdup(names[i]), *rest = copy, *part;
		nvlist_t *at = root;
		while (copy != NULL && at != NULL && (part = strsep(&rest, "/")) != NULL) {
			nvpair_t *p = nvlist_lookup(at, part, NV_NVLIST);
			nvlist_t *inner = p == NULL ? nvlist_alloc() : p->v.list;
			if (p == NULL && inner != NULL && nvlist_add_nvlist(at, part, inner) != 0) {
				nvlist_free(inner);
				inner = NULL;
			}
			at = inner;
		}
		free(copy);
	}
	return (root);
}
