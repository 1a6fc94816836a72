/* tail: the last lines, kept in a ring of as many as are wanted. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <libcmdutils.h>
static long want = 10;
static int
show(FILE *f, const char *name)
{
	char **ring = calloc((size_t)want, sizeof (*ring)), *line;
	long n = 0;
	if (ring == NULL)
		return (1);
	while ((line = read_line(f)) != NULL) {
		free(ring[n % want]);
		ring[n++ % want] = line;
	}
	for (long i = n > want ? n - want : 0; i < n; i++)
		puts(ring[i % want]);
	for (long i = 0; i < want; i++)
		free(ring[i]);
	free(ring);
	return (0);
}
int
main(int argc, char **argv)
{
	int c;
	while ((c = getopt(argc, argv, "n:")) != -1) {
		if (c != 'n' || (want = atol(optarg)) < 1)
			return (2);
	}
	return (each_input(argc - optind, argv + optind, show));
}
