/* kvmstat: one line of counters for each virtual processor. */
#include <stdio.h>
#include <kstat.h>
int
main(void)
{
	kstat_t *list = kstat_open();
	printf("%8s %8s %8s\n", "INSTANCE", "EXITS", "INJECTS");
	for (kstat_t *k = list; k != NULL; k = k->ks_next)
		printf("%8d %8lu %8lu\n", k->ks_instance, kstat_value(k, "exits"), kstat_value(k, "injects"));
	kstat_close(list);
	return (0);
}
