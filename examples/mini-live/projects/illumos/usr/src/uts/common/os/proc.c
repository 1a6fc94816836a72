/* proc: the runnable process with the best priority and the fewest slices goes next. */
#include <sys/proc.h>
#include <sys/kmem.h>
static proc_t *all;
static pid_t last;
proc_t *
proc_find(pid_t pid)
{
	proc_t *p = all;
	while (p != NULL && p->pid != pid)
		p = p->next;
	return (p);
}
proc_t *
proc_create(pid_t parent, int priority)
{
	proc_t *p = kmem_zalloc(sizeof (*p));
	if (p == NULL)
		return (NULL);
	do
		last = last < 30000 ? last + 1 : 2;
	while (proc_find(last) != NULL);
	p->pid = last;
	p->parent = parent;
	p->priority = priority;
	p->state = SRUN;
	p->next = all;
	all = p;
	return (p);
}
proc_t *
proc_pick(void)
{
	proc_t *best = NULL;
	for (proc_t *p = all; p != NULL; p = p->next) {
		if (p->state != SRUN)
			continue;
		if (best == NULL || p->priority > best->priority || (p->priority == best->priority && p->slices < best->slices))
			best = p;
	}
	return (best);
}
void
proc_tick(proc_t *p)
{
	p->slices++;
	if (p->slices % 8 == 0 && p->priority > 0)
		p->priority--;
}
int
proc_reap(pid_t parent, int *status)
{
	for (proc_t **at = &all; *at != NULL; at = &(*at)->next) {
		proc_t *p = *at;
		if (p->parent == parent && p->state == SZOMB) {
			pid_t pid = p->pid;
			*status = p->status;
			*at = p->next;
			kmem_free(p, sizeof (*p));
			return (pid);
		}
	}
	return (-1);
}
