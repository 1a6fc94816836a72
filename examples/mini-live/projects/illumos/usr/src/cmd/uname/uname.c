/* uname: one word, or all with -a. */
#include <stdio.h>
#include <unistd.h>
#include <sys/utsname.h>
int
main(int argc, char **argv)
{
	struct utsname u;
	int c = getopt(argc, argv, "asnrvm");
	if (uname(&u) != 0) {
		perror("uname");
		return (1);
	}
	switch (c) {
	case 'a': printf("%s %s %s %s %s\n", u.sysname, u.nodename, u.release, u.version, u.machine); break;
	case 'n': puts(u.nodename); break;
	case 'r': puts(u.release); break;
	case 'v': puts(u.version); break;
	case 'm': puts(u.machine); break;
	case '?': return (2);
	default: puts(u.sysname);
	}
	return (0);
}
