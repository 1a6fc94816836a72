/* startup: memory, processes and the root file system, in this order; then the first process. */
#include <sys/cmn_err.h>
#include <sys/kmem.h>
#include <sys/proc.h>
#include <sys/vm.h>
#include <sys/vnode.h>
#include <sys/modctl.h>
static unsigned char heap[1 << 20] __attribute__((aligned(4096)));
long syscall_entry(long, long, long, long);
int sysent_set(int, long (*)(long, long, long));
void trap_init(void);
void kernel_start(void);
__attribute__((visibility("default"))) void
kernel_start(void)
{
	vnode_t *root;
	proc_t *init;
	kmem_init(heap, sizeof (heap));
	page_init(1024, 16384);
	cmn_err(CE_CONT, "mini-live: %lu pages free", (unsigned long)page_count());
	trap_init();
	root = tmpfs_root();
	if (root->ops->create(root, "etc", 0040755) == NULL)
		cmn_err(CE_PANIC, "no root file system");
	init = proc_create(0, 60);
	if (init == NULL)
		cmn_err(CE_PANIC, "no first process");
	cmn_err(CE_CONT, "process %d starts, %d modules", init->pid, mod_count());
	for (;;) {
		proc_t *p = proc_pick();
		if (p != NULL)
			proc_tick(p);
	}
}
