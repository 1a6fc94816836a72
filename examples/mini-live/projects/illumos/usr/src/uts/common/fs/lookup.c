/* lookup: a path part by part; holds are taken on the result alone. */
#include <sys/vnode.h>
vnode_t *
vn_hold(vnode_t *v)
{
	v->holds++;
	return (v);
}
void
vn_rele(vnode_t *v)
{
	if (v->holds > 0)
		v->holds--;
}
vnode_t *
lookupname(vnode_t *root, const char *path)
{
	vnode_t *at = root;
	while (at != NULL) {
		char part[64];
		size_t n = 0;
		while (*path == '/')
			path++;
		if (*path == '\0')
			return (vn_hold(at));
		while (*path != '/' && *path != '\0') {
			if (n + 1 == sizeof (part))
				return (NULL);
			part[n++] = *path++;
		}
		part[n] = '\0';
		at = at->ops->lookup == NULL ? NULL : at->ops->lookup(at, part);
	}
	return (NULL);
}
