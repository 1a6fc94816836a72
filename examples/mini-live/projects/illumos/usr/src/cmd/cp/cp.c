/* cp, mv, ln: by its name; the last operand may be a folder; ln -s makes symbolic links. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include <libcmdutils.h>
static int
move(const char *from, const char *to)
{
	if (rename(from, to) == 0)
		return (0);
	/* Another file system: copy, then remove what was copied. */
	return (copy_file(from, to) == 0 && unlink(from) == 0 ? 0 : -1);
}
int
main(int argc, char **argv)
{
	const char *me = getprogname();
	int (*act)(const char *, const char *) = strcmp(me, "mv") == 0 ? move : strcmp(me, "ln") == 0 ? link : copy_file;
	int c, bad = 0, folder;
	struct stat st;
	while ((c = getopt(argc, argv, "s")) != -1) {
		if (c != 's' || act != link)
			return (2);
		act = symlink;
	}
	if (argc - optind < 2) {
		fprintf(stderr, "usage: %s from ... to\n", me);
		return (2);
	}
	folder = stat(argv[argc - 1], &st) == 0 && S_ISDIR(st.st_mode);
	if (argc - optind > 2 && !folder) {
		fprintf(stderr, "%s: %s is not a folder\n", me, argv[argc - 1]);
		return (2);
	}
	for (; optind < argc - 1; optind++) {
		const char *from = argv[optind], *base = strrchr(from, '/'), *to = argv[argc - 1];
		char inner[PATH_MAX];
		if (folder && (to = path_join(to, base == NULL ? from : base + 1, inner, sizeof (inner))) == NULL) {
			bad = 1;
			continue;
		}
		if (act(from, to) != 0) {
			fprintf(stderr, "%s: %s: %s\n", me, from, strerror(errno));
			bad = 1;
		}
	}
	return (bad);
}
