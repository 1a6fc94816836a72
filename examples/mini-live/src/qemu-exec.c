/* qemu-exec: raises limits, then becomes its arguments; what it cannot run it names. */
#include <stdio.h>
#include <string.h>
#include <errno.h>
#include <unistd.h>
int
main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: qemu-exec command [argument ...]\n");
		return (2);
	}
	(void)nice(-5);
	(void)execvp(argv[1], argv + 1);
	fprintf(stderr, "qemu-exec: %s: %s\n", argv[1], strerror(errno));
	return (127);
}
