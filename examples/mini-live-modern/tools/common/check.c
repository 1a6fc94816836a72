/* NAME -f MANIFEST -p PROTO: every file below one folder of the proto area is delivered as it is there.
   Exit 60 when one is not. The Makefile beside each such tool says NAME, FOLDER and WHAT. */
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
		fprintf(stderr, "usage: " NAME " -f manifest -p proto\n");
		return (2);
	}
	manifest_load(file);
	errors = proto_check(proto, FOLDER);
	if (errors > 0)
		printf(WHAT " errors found: %d\n", errors);
	return (errors > 0 ? 60 : 0);
}
