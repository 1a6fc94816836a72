/* grep: lines in which the pattern occurs; as fgrep the pattern is plain text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <libcmdutils.h>
#include "match.h"
static const char *pattern;
static int plain, invert, number, counts, names, found;
static int
search(FILE *f, const char *name)
{
	unsigned long n = 0, hits = 0;
	char *line;
	while ((line = read_line(f)) != NULL) {
		int hit = plain ? strstr(line, pattern) != NULL : match(pattern, line);
		n++;
		if (hit != invert) {
			hits++;
			if (!counts && names)
				printf("%s:", name);
			if (!counts && number)
				printf("%lu:", n);
			if (!counts)
				puts(line);
		}
		free(line);
	}
	if (counts)
		printf(names ? "%s:%lu\n" : "%s%lu\n", names ? name : "", hits);
	found |= hits > 0;
	return (0);
}
int
main(int argc, char **argv)
{
	int c;
	plain = strcmp(getprogname(), "fgrep") == 0;
	while ((c = getopt(argc, argv, "vncF")) != -1) {
		switch (c) {
		case 'v': invert = 1; break;
		case 'n': number = 1; break;
		case 'c': counts = 1; break;
		case 'F': plain = 1; break;
		default: return (2);
		}
	}
	if (optind == argc || (!plain && match_check(argv[optind]) != 0)) {
		fprintf(stderr, "grep: a pattern is needed, and its [ must be closed\n");
		return (2);
	}
	pattern = argv[optind++];
	names = argc - optind > 1;
	return (each_input(argc - optind, argv + optind, search) != 0 ? 2 : !found);
}
