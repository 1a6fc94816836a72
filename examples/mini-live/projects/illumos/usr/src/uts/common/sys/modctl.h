/* sys/modctl.h: what a module shows to the kernel: one object named _modldrv. */
#ifndef _SYS_MODCTL_H
#define _SYS_MODCTL_H
#include <sys/ddi.h>
struct modldrv {
	const char *name, *class, *summary;
	int (*attach)(dev_info_t *);
	int (*detach)(dev_info_t *);
	const struct ddi_register *registers;
};
int mod_install(const struct modldrv *);
int mod_remove(const char *);
const struct modldrv *mod_find(const char *);
int mod_count(void);
#endif
