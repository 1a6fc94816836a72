/* show: the same names that read accepts. */
#include "vm.h"
void
vm_show(const struct vm *vm)
{
	printf("alias=%s\nbrand=%s\nuuid=%s\nram=%lu\nquota=%lu\nvcpus=%lu\n", vm->alias, vm->brand, vm->uuid, vm->ram, vm->quota, vm->cpus);
}
