/* qemu: -M model -smp cores -m memory disk; -M help lists the models. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "kvm.h"
int
main(int argc, char **argv)
{
	struct machine m = { model_find("pc-0.14"), 1, 1024, NULL };
	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;
		if (argv[i][0] != '-') {
			m.disk = argv[i];
			continue;
		}
		if (value == NULL) {
			fprintf(stderr, "qemu: %s needs a value\n", argv[i]);
			return (2);
		}
		i++;
		if (strcmp(argv[i - 1], "-M") == 0 && strcmp(value, "help") == 0) {
			for (int k = 0; k < model_count; k++)
				printf("%-10s %3d cores %7lu MiB %s\n", models[k].name, models[k].cores, models[k].memory, models[k].flags);
			return (0);
		} else if (strcmp(argv[i - 1], "-M") == 0) {
			m.model = model_find(value);
		} else if (strcmp(argv[i - 1], "-smp") == 0) {
			m.cores = atoi(value);
		} else if (strcmp(argv[i - 1], "-m") != 0 || option_size(value, &m.memory) != 0) {
			fprintf(stderr, "qemu: %s %s: not understood\n", argv[i - 1], value);
			return (2);
		}
	}
	if (machine_check(&m) != 0)
		return (1);
	machine_print(&m);
	return (0);
}
