/* ucodecheck -f MANIFEST -p PROTO: every microcode file of the proto area is delivered as it is there. Exit 60 when
   one is not. */
#include <stdio.h>
#include <unistd.h>
#include "manifest.h"
#include "proto.h"
int
main(int argc, char **argv)
{
	const char *file = NULL, *proto = NULL;
	int flag, errors;
	while ((flag = getopt(argc, argv, "f:p:")) != -1) {
		if (flag == 'f')
			file = optarg;
		else if (flag == 'p')
			proto = optarg;
		else
			return (2);
	}
	if (file == NULL || proto == NULL) {
		fprintf(stderr, "usage: ucodecheck -f manifest -p proto\n");
		return (2);
	}
	manifest_load(file);
	errors = proto_check(proto, "platform/i86pc/ucode");
	if (errors > 0)
		printf("ucode errors found: %d\n", errors);
	return (errors > 0 ? 60 : 0);
}
