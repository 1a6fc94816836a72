/* machine: what a model cannot give is refused, never lowered in silence. */
#include <stdio.h>
#include <string.h>
#include "kvm.h"
const struct model *
model_find(const char *name)
{
	for (int i = 0; i < model_count; i++) {
		if (strcmp(models[i].name, name) == 0)
			return (&models[i]);
	}
	return (NULL);
}
int
machine_check(const struct machine *m)
{
	if (m->model == NULL) {
		fprintf(stderr, "qemu: no such model\n");
		return (-1);
	}
	if (m->cores < 1 || m->cores > m->model->cores || m->memory > m->model->memory) {
		fprintf(stderr, "qemu: %s has at most %d cores and %lu MiB\n", m->model->name, m->model->cores, m->model->memory);
		return (-1);
	}
	return (0);
}
void
machine_print(const struct machine *m)
{
	printf("%s: %d cores, %lu MiB (%lu below 4 GiB), bus %s, disk %s\n", m->model->name, m->cores, m->memory,
	    memory_below_4g(m->memory), m->model->bus, m->disk == NULL ? "none" : m->disk);
}
