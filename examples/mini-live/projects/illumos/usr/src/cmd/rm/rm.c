/* rm: files; -r with all that is in a folder, -i asks, -f says nothing of what is not there. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include <libcmdutils.h>
static int deep, force, ask;
static int
gone(const char *path)
{
	struct stat st;
	if (lstat(path, &st) != 0) {
		if (force && errno == ENOENT)
			return (0);
		perror(path);
		return (1);
	}
	if (ask && !confirm(path))
		return (0);
	if (S_ISDIR(st.st_mode)) {
		DIR *d;
		struct dirent *e;
		char inner[PATH_MAX];
		int bad = 0;
		if (!deep || (d = opendir(path)) == NULL) {
			fprintf(stderr, "rm: %s is a directory\n", path);
			return (1);
		}
		while ((e = readdir(d)) != NULL) {
			if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 && path_join(path, e->d_name, inner, sizeof (inner)) != NULL)
				bad |= gone(inner);
		}
		closedir(d);
		if (bad)
			return (1);
		if (rmdir(path) == 0)
			return (0);
	} else if (unlink(path) == 0) {
		return (0);
	}
	perror(path);
	return (1);
}
int
main(int argc, char **argv)
{
	int c, bad = 0;
	while ((c = getopt(argc, argv, "rfi")) != -1) {
		switch (c) {
		case 'r': deep = 1; break;
		case 'f': force = 1; break;
		case 'i': ask = 1; break;
		default: return (2);
		}
	}
	for (; optind < argc; optind++)
		bad |= gone(argv[optind]);
	return (bad);
}
