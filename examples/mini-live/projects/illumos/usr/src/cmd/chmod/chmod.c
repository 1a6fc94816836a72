/* chmod: mode as a number or as clauses. */
#include <stdio.h>
#include <sys/stat.h>
#include <libcmdutils.h>
int
main(int argc, char **argv)
{
	int bad = 0;
	if (argc < 3) {
		fprintf(stderr, "usage: chmod mode file ...\n");
		return (2);
	}
	for (int i = 2; i < argc; i++) {
		struct stat st;
		unsigned int mode;
		if (stat(argv[i], &st) != 0) {
			perror(argv[i]);
			bad = 1;
		} else if (parse_mode(argv[1], st.st_mode & 07777, &mode) != 0) {
			fprintf(stderr, "chmod: %s is not a mode\n", argv[1]);
			return (2);
		} else if (chmod(argv[i], mode) != 0) {
			perror(argv[i]);
			bad = 1;
		}
	}
	return (bad);
}
