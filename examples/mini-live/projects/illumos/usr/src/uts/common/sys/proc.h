/* sys/proc.h: processes and their queues. */
#ifndef _SYS_PROC_H
#define _SYS_PROC_H
#include <sys/types.h>
typedef enum { SIDL = 1, SRUN, SSLEEP, SZOMB } proc_state_t;
typedef struct proc { struct proc *next; pid_t pid, parent; proc_state_t state; int priority, status; uint64_t slices; } proc_t;
proc_t *proc_create(pid_t, int);
proc_t *proc_pick(void);
void proc_tick(proc_t *);
int proc_reap(pid_t, int *);
proc_t *proc_find(pid_t);
#endif
