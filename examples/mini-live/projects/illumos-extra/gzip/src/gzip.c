/* gzip: packs standard input to standard output; -d, or the names gunzip and gzcat, unpack; -v tells. */
#include <string.h>
#include <unistd.h>
#include <zmini.h>
#include "frame.h"
static unsigned char plain[FRAME_MAX], coded[FRAME_MAX * 2];
static int verbose;
static int
pack(void)
{
	size_t n;
	fputs("GZm1", stdout);
	while ((n = fread(plain, 1, sizeof (plain), stdin)) > 0) {
		size_t m = zmini_pack(coded, plain, n);
		frame_put((unsigned int)n, stdout);
		frame_put((unsigned int)m, stdout);
		frame_put(zmini_crc32(0, plain, n), stdout);
		fwrite(coded, 1, m, stdout);
		/* The reader of a pipe wants to see that something happens. */
		if (verbose)
			fprintf(stderr, "%lu -> %lu\n", (unsigned long)n, (unsigned long)m);
	}
	return (0);
}
static int
unpack(void)
{
	unsigned int n, m, crc;
	if (fread(coded, 1, 4, stdin) != 4 || memcmp(coded, "GZm1", 4) != 0) {
		fprintf(stderr, "gzip: input was not packed by this program\n");
		return (1);
	}
	while (frame_get(&n, stdin)) {
		if (!frame_get(&m, stdin) || !frame_get(&crc, stdin) || n > sizeof (plain) || m > sizeof (coded) ||
		    fread(coded, 1, m, stdin) != m || zmini_unpack(plain, n, coded, m) != (long)n ||
		    zmini_crc32(0, plain, n) != crc) {
			fprintf(stderr, "gzip: input is damaged\n");
			return (1);
		}
		fwrite(plain, 1, n, stdout);
	}
	return (0);
}
int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	int undo, c;
	name = name == NULL ? argv[0] : name + 1;
	undo = strcmp(name, "gunzip") == 0 || strstr(name, "cat") != NULL;
	while ((c = getopt(argc, argv, "dv")) != -1) {
		switch (c) {
		case 'd': undo = 1; break;
		case 'v': verbose = 1; break;
		default: return (2);
		}
	}
	return (undo ? unpack() : pack());
}
