/* check: brands, sizes and identifiers that would fail later fail here. */
#include <ctype.h>
#include <string.h>
#include "vm.h"
static int
is_uuid(const char *s)
{
	for (int i = 0; i < 36; i++) {
		if (i == 8 || i == 13 || i == 18 || i == 23 ? s[i] != '-' : !isxdigit((unsigned char)s[i]))
			return (0);
	}
	return (s[36] == '\0');
}
int
vm_check(const struct vm *vm, char *why, size_t size)
{
	static const char *const brands[] = { "joyent", "joyent-minimal", "kvm" };
	int known = 0;
	for (int i = 0; i < 3; i++)
		known |= strcmp(brands[i], vm->brand) == 0;
	if (!known)
		snprintf(why, size, "invalid brand '%s'", vm->brand);
	else if (vm->uuid[0] != '\0' && !is_uuid(vm->uuid))
		snprintf(why, size, "invalid uuid '%s'", vm->uuid);
	else if (vm->ram < 64)
		snprintf(why, size, "ram must be at least 64");
	else if (strcmp(vm->brand, "kvm") == 0 && vm->cpus == 0)
		snprintf(why, size, "a kvm machine needs vcpus");
	else
		return (0);
	return (-1);
}
