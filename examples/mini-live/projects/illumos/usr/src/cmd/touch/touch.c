/* touch: makes the files that are not there; -c makes none. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int
main(int argc, char **argv)
{
	int c, make = 1, bad = 0;
	while ((c = getopt(argc, argv, "c")) != -1) {
		if (c != 'c')
			return (2);
		make = 0;
	}
	for (; optind < argc; optind++) {
		int fd = open(argv[optind], O_WRONLY | (make ? O_CREAT : 0), 0666);
		if (fd < 0 && make) {
			perror(argv[optind]);
			bad = 1;
		}
		if (fd >= 0)
			close(fd);
	}
	return (bad);
}
