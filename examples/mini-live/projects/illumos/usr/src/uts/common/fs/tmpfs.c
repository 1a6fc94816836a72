/* tmpfs: files in memory, at most one page each; names are unique in a folder. */
#include <sys/vnode.h>
#include <sys/kmem.h>
#define FILE_MAX 4096
static int
same(const char *a, const char *b)
{
	while (*a != '\0' && *a == *b)
		a++, b++;
	return (*a == *b);
}
static vnode_t *
tmp_lookup(vnode_t *dir, const char *name)
{
	vnode_t *v = dir->children;
	while (v != NULL && !same(v->name, name))
		v = v->next;
	return (v);
}
static long
tmp_read(vnode_t *v, void *to, size_t n, off_t at)
{
	const char *data = v->data;
	size_t i = 0;
	if (at < 0)
		return (-1);
	for (; i < n && (size_t)at + i < v->size; i++)
		((char *)to)[i] = data[(size_t)at + i];
	return ((long)i);
}
static long
tmp_write(vnode_t *v, const void *from, size_t n, off_t at)
{
	size_t i = 0;
	if (v->data == NULL && (v->data = kmem_zalloc(FILE_MAX)) == NULL)
		return (-1);
	if (at < 0)
		return (-1);
	for (; i < n && (size_t)at + i < FILE_MAX; i++)
		((char *)v->data)[(size_t)at + i] = ((const char *)from)[i];
	if ((size_t)at + i > v->size)
		v->size = (size_t)at + i;
	return ((long)i);
}
static vnode_t *tmp_create(vnode_t *, const char *, mode_t);
static int
tmp_remove(vnode_t *dir, const char *name)
{
	for (vnode_t **at = &dir->children; *at != NULL; at = &(*at)->next) {
		vnode_t *v = *at;
		if (same(v->name, name)) {
			if (v->holds > 0 || v->children != NULL)
				return (-1);
			*at = v->next;
			kmem_free(v->data, FILE_MAX);
			kmem_free(v, sizeof (*v));
			return (0);
		}
	}
	return (-1);
}
static const struct vnodeops ops = { tmp_read, tmp_write, tmp_lookup, tmp_create, tmp_remove };
static vnode_t *
tmp_create(vnode_t *dir, const char *name, mode_t mode)
{
	vnode_t *v;
	size_t n = 0;
	if (tmp_lookup(dir, name) != NULL || (v = kmem_zalloc(sizeof (*v))) == NULL)
		return (NULL);
	for (; name[n] != '\0' && n + 1 < sizeof (v->name); n++)
		v->name[n] = name[n];
	v->ops = &ops;
	v->mode = mode;
	v->next = dir->children;
	dir->children = v;
	return (v);
}
vnode_t *
tmpfs_root(void)
{
	static vnode_t root = { .ops = &ops, .mode = 0040755 };
	return (&root);
}
