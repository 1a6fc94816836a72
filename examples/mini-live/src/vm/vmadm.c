/* vmadm: checks and shows descriptions of zones; a description is name=value lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "vm.h"
int
main(int argc, char **argv)
{
	struct vm vm;
	char why[128];
	FILE *f;
	if (argc != 3 || (strcmp(argv[1], "validate") != 0 && strcmp(argv[1], "show") != 0)) {
		fprintf(stderr, "usage: vmadm validate|show file\n");
		return (2);
	}
	f = fopen(argv[2], "r");
	if (f == NULL || vm_read(f, &vm, why, sizeof (why)) != 0 || vm_check(&vm, why, sizeof (why)) != 0) {
		fprintf(stderr, "vmadm: %s: %s\n", argv[2], f == NULL ? "cannot be read" : why);
		return (1);
	}
	fclose(f);
	if (strcmp(argv[1], "show") == 0)
		vm_show(&vm);
	else
		printf("VALID '%s' for %s\n", argv[2], vm.brand);
	return (0);
}
