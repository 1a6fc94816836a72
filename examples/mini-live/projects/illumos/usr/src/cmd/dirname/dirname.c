/* dirname: a path without its last part. */
#include <libgen.h>
#include <stdio.h>
int
main(int argc, char **argv)
{
	if (argc != 2)
		return (2);
	puts(dirname(argv[1]));
	return (0);
}
