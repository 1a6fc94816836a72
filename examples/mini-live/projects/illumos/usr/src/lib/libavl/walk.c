/* walk: objects in the order of the comparison. */
#include "avl.h"
static void
walk(const avl_tree_t *t, avl_node_t *n, void (*fn)(void *, void *), void *arg)
{
	if (n == NULL)
		return;
	walk(t, n->left, fn, arg);
	fn((char *)n - t->offset, arg);
	walk(t, n->right, fn, arg);
}
void
avl_walk(const avl_tree_t *t, void (*fn)(void *, void *), void *arg)
{
	walk(t, t->root, fn, arg);
}
void *
avl_first(const avl_tree_t *t)
{
	avl_node_t *n = t->root;
	while (n != NULL && n->left != NULL)
		n = n->left;
	return (n == NULL ? NULL : (char *)n - t->offset);
}
void *
avl_last(const avl_tree_t *t)
{
	avl_node_t *n = t->root;
	while (n != NULL && n->right != NULL)
		n = n->right;
	return (n == NULL ? NULL : (char *)n - t->offset);
}
