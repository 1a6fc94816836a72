/* kstat: counters as module:instance:name and their values. */
#include <kstat.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int
main(int argc, char **argv)
{
	const char *module = NULL, *name = NULL;
	int instance = -1, c;
	kstat_t *list;
	while ((c = getopt(argc, argv, "m:i:n:")) != -1) {
		switch (c) {
		case 'm': module = optarg; break;
		case 'n': name = optarg; break;
		case 'i': instance = atoi(optarg); break;
		default: return (2);
		}
	}
	list = kstat_open();
	for (kstat_t *k = kstat_lookup(list, module, instance, name); k != NULL; k = kstat_lookup(k->ks_next, module, instance, name)) {
		printf("%s:%d:%s\n", k->ks_module, k->ks_instance, k->ks_name);
		nvlist_dump(k->ks_data, stdout);
	}
	kstat_close(list);
	return (0);
}
