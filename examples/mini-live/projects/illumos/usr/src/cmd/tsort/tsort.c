/* tsort: pairs "before after" become one order; a circle is named and broken. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <avl.h>
struct node { avl_node_t link; char name[64]; int before, done; struct edge { struct edge *next; struct node *to; } *edges; };
static avl_tree_t tree;
static int
compare(const void *a, const void *b)
{
	return (strcmp(((const struct node *)a)->name, ((const struct node *)b)->name));
}
static struct node *
node(const char *name)
{
	struct node like, *n;
	strlcpy(like.name, name, sizeof (like.name));
	n = avl_find(&tree, &like);
	if (n == NULL && (n = calloc(1, sizeof (*n))) != NULL) {
		strlcpy(n->name, name, sizeof (n->name));
		avl_add(&tree, n);
	}
	return (n);
}
static int printed;
static void
ready(void *object, void *force)
{
	struct node *n = object;
	if (n->done || (n->before > 0 && force == NULL) || (force != NULL && printed))
		return;
	if (n->before > 0)
		fprintf(stderr, "tsort: %s is in a circle\n", n->name);
	n->done = printed = 1;
	puts(n->name);
	for (struct edge *e = n->edges; e != NULL; e = e->next)
		e->to->before--;
}
int
main(void)
{
	char line[256];
	size_t left;
	avl_create(&tree, compare, offsetof(struct node, link));
	while (fgets(line, sizeof (line), stdin) != NULL) {
		char *state, *a = strtok_r(line, " \t\n", &state), *b = strtok_r(NULL, " \t\n", &state);
		struct node *x, *y;
		struct edge *e;
		if (a == NULL || b == NULL || (x = node(a)) == NULL || (y = node(b)) == NULL || x == y)
			continue;
		e = calloc(1, sizeof (*e));
		if (e == NULL)
			return (1);
		e->to = y;
		e->next = x->edges;
		x->edges = e;
		y->before++;
	}
	for (left = tree.count; left > 0; left--) {
		printed = 0;
		avl_walk(&tree, ready, NULL);
		if (!printed)
			avl_walk(&tree, ready, &printed);
	}
	return (0);
}
