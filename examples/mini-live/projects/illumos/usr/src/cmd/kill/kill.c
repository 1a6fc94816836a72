/* kill: a signal by number or name to each process; -l lists the names. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <libuutil.h>
int
main(int argc, char **argv)
{
	int sig = SIGTERM, i = 1, bad = 0;
	if (argc > 1 && strcmp(argv[1], "-l") == 0) {
		for (int n = 1; __signame(n) != NULL; n++)
			printf("%d %s\n", n, __signame(n));
		return (0);
	}
	if (argc > 1 && argv[1][0] == '-') {
		const char *s = argv[1] + 1;
		long v;
		for (sig = 1; __signame(sig) != NULL && strcasecmp(__signame(sig), s) != 0; sig++)
			;
		if (__signame(sig) == NULL) {
			if (uu_strtoint(s, &v, 0, 64) != 0)
				uu_die("no signal %s", s);
			sig = (int)v;
		}
		i++;
	}
	for (; i < argc; i++) {
		if (kill(atoi(argv[i]), sig) != 0) {
			perror(argv[i]);
			bad = 1;
		}
	}
	return (bad);
}
