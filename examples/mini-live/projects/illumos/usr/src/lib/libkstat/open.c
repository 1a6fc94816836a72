/* open: lines "module instance name counter value" from the kernel's text device. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "kstat.h"
static kstat_t *
element(kstat_t **list, char **f)
{
	kstat_t *k = kstat_lookup(*list, f[0], atoi(f[1]), f[2]);
	if (k != NULL)
		return (k);
	k = calloc(1, sizeof (*k));
	if (k == NULL || (k->ks_data = nvlist_alloc()) == NULL) {
		free(k);
		return (NULL);
	}
	strlcpy(k->ks_module, f[0], sizeof (k->ks_module));
	strlcpy(k->ks_name, f[2], sizeof (k->ks_name));
	k->ks_instance = atoi(f[1]);
	k->ks_next = *list;
	*list = k;
	return (k);
}
kstat_t *
kstat_open(void)
{
	FILE *f = fopen("/dev/kstat", "r");
	kstat_t *list = NULL;
	char line[256];
	if (f == NULL)
		return (NULL);
	while (fgets(line, sizeof (line), f) != NULL) {
		char *field[5], *state;
		int n = 0;
		for (char *w = strtok_r(line, " \n", &state); w != NULL && n < 5; w = strtok_r(NULL, " \n", &state))
			field[n++] = w;
		if (n == 5) {
			kstat_t *k = element(&list, field);
			if (k != NULL)
				(void)nvlist_add_int64(k->ks_data, field[3], atol(field[4]));
		}
	}
	fclose(f);
	return (list);
}
void
kstat_close(kstat_t *list)
{
	while (list != NULL) {
		kstat_t *k = list;
		list = k->ks_next;
		nvlist_free(k->ks_data);
		free(k);
	}
}
