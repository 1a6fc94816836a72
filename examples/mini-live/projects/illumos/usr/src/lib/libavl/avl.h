/* avl.h: nodes are part of the caller's objects; the tree never allocates. */
#ifndef _AVL_H
#define _AVL_H
#include <stddef.h>
typedef struct avl_node { struct avl_node *left, *right; int height; } avl_node_t;
typedef struct { avl_node_t *root; size_t count, offset; int (*compare)(const void *, const void *); } avl_tree_t;
void avl_create(avl_tree_t *, int (*)(const void *, const void *), size_t);
int avl_add(avl_tree_t *, void *);
void *avl_find(const avl_tree_t *, const void *);
void avl_remove(avl_tree_t *, void *);
void avl_walk(const avl_tree_t *, void (*)(void *, void *), void *);
void *avl_first(const avl_tree_t *);
void *avl_last(const avl_tree_t *);
#endif
