/* read: an unknown name is an error: a misspelt limit must not be no limit. */
#include <stdlib.h>
#include <string.h>
#include "vm.h"
int
vm_read(FILE *f, struct vm *vm, char *why, size_t size)
{
	char line[256];
	memset(vm, 0, sizeof (*vm));
	while (fgets(line, sizeof (line), f) != NULL) {
		char *value = strchr(line, '=');
		if (line[0] == '#' || line[0] == '\n')
			continue;
		line[strcspn(line, "\n")] = '\0';
		if (value == NULL) {
			snprintf(why, size, "no value in '%s'", line);
			return (-1);
		}
		*value++ = '\0';
		if (strcmp(line, "alias") == 0)
			strlcpy(vm->alias, value, sizeof (vm->alias));
		else if (strcmp(line, "brand") == 0)
			strlcpy(vm->brand, value, sizeof (vm->brand));
		else if (strcmp(line, "uuid") == 0)
			strlcpy(vm->uuid, value, sizeof (vm->uuid));
		else if (strcmp(line, "ram") == 0)
			vm->ram = strtoul(value, NULL, 10);
		else if (strcmp(line, "quota") == 0)
			vm->quota = strtoul(value, NULL, 10);
		else if (strcmp(line, "vcpus") == 0)
			vm->cpus = strtoul(value, NULL, 10);
		else {
			snprintf(why, size, "unknown property '%s'", line);
			return (-1);
		}
	}
	return (0);
}
