/* kstat.h: a snapshot of the counters, one element a module, instance and name. */
#ifndef _KSTAT_H
#define _KSTAT_H
#include <libnvpair.h>
typedef struct kstat {
	struct kstat *ks_next;
	char ks_module[32], ks_name[32];
	int ks_instance;
	nvlist_t *ks_data;
} kstat_t;
kstat_t *kstat_open(void);
void kstat_close(kstat_t *);
kstat_t *kstat_lookup(kstat_t *, const char *, int, const char *);
unsigned long kstat_value(const kstat_t *, const char *);
#endif
