/* list: a ring through the head; a node is in one list at most. */
#include "libuutil.h"
void
uu_list_create(uu_list_t *l)
{
	l->head.next = l->head.prev = &l->head;
	l->count = 0;
}
void
uu_list_append(uu_list_t *l, uu_list_node_t *n)
{
	n->next = &l->head;
	n->prev = l->head.prev;
	n->prev->next = n;
	l->head.prev = n;
	l->count++;
}
void
uu_list_remove(uu_list_t *l, uu_list_node_t *n)
{
	n->next->prev = n->prev;
	n->prev->next = n->next;
	n->next = n->prev = NULL;
	l->count--;
}
