/* mkdir: folders; -p with all that lead to them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
static int
parents(char *path)
{
	for (char *p = path + 1; *p != '\0'; p++) {
		if (*p == '/') {
			*p = '\0';
			if (mkdir(path, 0777) != 0 && errno != EEXIST)
				return (-1);
			*p = '/';
		}
	}
	return (mkdir(path, 0777) != 0 && errno != EEXIST ? -1 : 0);
}
int
main(int argc, char **argv)
{
	int c, deep = 0, bad = 0;
	while ((c = getopt(argc, argv, "p")) != -1) {
		if (c != 'p')
			return (2);
		deep = 1;
	}
	for (; optind < argc; optind++) {
		if ((deep ? parents(argv[optind]) : mkdir(argv[optind], 0777)) != 0) {
			perror(argv[optind]);
			bad = 1;
		}
	}
	return (bad);
}
