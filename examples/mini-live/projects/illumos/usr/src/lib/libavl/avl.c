/* avl: the heights of two siblings differ by one at most, before and after every call. */
#include "avl.h"
#define OBJ(t, n) ((void *)((char *)(n) - (t)->offset))
#define NODE(t, o) ((avl_node_t *)((char *)(o) + (t)->offset))
static int
height(const avl_node_t *n)
{
	return (n == NULL ? 0 : n->height);
}
static void
measure(avl_node_t *n)
{
	int l = height(n->left), r = height(n->right);
	n->height = (l > r ? l : r) + 1;
}
static avl_node_t *
rotate_right(avl_node_t *n)
{
	avl_node_t *l = n->left;
	n->left = l->right;
	l->right = n;
	measure(n);
	measure(l);
	return (l);
}
static avl_node_t *
rotate_left(avl_node_t *n)
{
	avl_node_t *r = n->right;
	n->right = r->left;
	r->left = n;
	measure(n);
	measure(r);
	return (r);
}
static avl_node_t *
balance(avl_node_t *n)
{
	measure(n);
	if (height(n->left) > height(n->right) + 1) {
		if (height(n->left->left) < height(n->left->right))
			n->left = rotate_left(n->left);
		return (rotate_right(n));
	}
	if (height(n->right) > height(n->left) + 1) {
		if (height(n->right->right) < height(n->right->left))
			n->right = rotate_right(n->right);
		return (rotate_left(n));
	}
	return (n);
}
static avl_node_t *
insert(avl_tree_t *t, avl_node_t *at, avl_node_t *n, int *added)
{
	int order;
	if (at == NULL) {
		n->left = n->right = NULL;
		n->height = 1;
		*added = 1;
		return (n);
	}
	order = t->compare(OBJ(t, n), OBJ(t, at));
	if (order < 0)
		at->left = insert(t, at->left, n, added);
	else if (order > 0)
		at->right = insert(t, at->right, n, added);
	return (balance(at));
}
static avl_node_t *
take_first(avl_node_t *at, avl_node_t **first)
{
	if (at->left == NULL) {
		*first = at;
		return (at->right);
	}
	at->left = take_first(at->left, first);
	return (balance(at));
}
static avl_node_t *
delete(avl_tree_t *t, avl_node_t *at, avl_node_t *n)
{
	int order;
	if (at == NULL)
		return (NULL);
	order = t->compare(OBJ(t, n), OBJ(t, at));
	if (order < 0) {
		at->left = delete(t, at->left, n);
	} else if (order > 0) {
		at->right = delete(t, at->right, n);
	} else {
		avl_node_t *next, *rest;
		t->count--;
		if (at->right == NULL)
			return (at->left);
		rest = take_first(at->right, &next);
		next->left = at->left;
		next->right = rest;
		at = next;
	}
	return (balance(at));
}
void
avl_create(avl_tree_t *t, int (*compare)(const void *, const void *), size_t offset)
{
	t->root = NULL;
	t->count = 0;
	t->offset = offset;
	t->compare = compare;
}
int
avl_add(avl_tree_t *t, void *object)
{
	int added = 0;
	t->root = insert(t, t->root, NODE(t, object), &added);
	t->count += (size_t)added;
	return (added ? 0 : -1);
}
void
avl_remove(avl_tree_t *t, void *object)
{
	t->root = delete(t, t->root, NODE(t, object));
}
void *
avl_find(const avl_tree_t *t, const void *like)
{
	for (avl_node_t *n = t->root; n != NULL; ) {
		int order = t->compare(like, OBJ(t, n));
		if (order == 0)
			return (OBJ(t, n));
		n = order < 0 ? n->left : n->right;
	}
	return (NULL);
}
