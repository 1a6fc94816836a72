/* getopt: POSIX option scanning; optind is the next argument to look at. */
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>
char *optarg;
int optind = 1, opterr = 1, optopt;
static int inside;
int
getopt(int argc, char *const *argv, const char *spec)
{
	const char *arg, *known;
	if (inside == 0) {
		if (optind >= argc || argv[optind][0] != '-' || argv[optind][1] == '\0')
			return (-1);
		if (strcmp(argv[optind], "--") == 0) {
			optind++;
			return (-1);
		}
		inside = 1;
	}
	arg = argv[optind];
	optopt = (unsigned char)arg[inside++];
	known = optopt == ':' ? NULL : strchr(spec, optopt);
	if (known == NULL || known[1] != ':') {
		if (arg[inside] == '\0') {
			inside = 0;
			optind++;
		}
		if (known == NULL && opterr)
			fprintf(stderr, "%s: illegal option -- %c\n", argv[0], optopt);
		return (known == NULL ? '?' : optopt);
	}
	optind++;
	if (arg[inside] != '\0') {
		optarg = (char *)arg + inside;
	} else if (optind < argc) {
		optarg = argv[optind++];
	} else {
		inside = 0;
		if (opterr)
			fprintf(stderr, "%s: option requires an argument -- %c\n", argv[0], optopt);
		return ('?');
	}
	inside = 0;
	return (optopt);
}
