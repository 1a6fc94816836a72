/* ls: names in order; -l with mode, owner and size, -a also hidden ones, -h sizes for people. */
#include <dirent.h>
#include <limits.h>
#include <pwd.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/stat.h>
#include <libcmdutils.h>
static int longform, hidden, human;
static int
by_name(const void *a, const void *b)
{
	return (strcmp(*(char *const *)a, *(char *const *)b));
}
static void
show(const char *dir, const char *name)
{
	char path[PATH_MAX], mode[12], size[16], when[32], owner[32], group[32];
	struct stat st;
	struct passwd *pw;
	struct group *gr;
	struct tm tm;
	if (!longform) {
		puts(name);
		return;
	}
	if (path_join(dir, name, path, sizeof (path)) == NULL || lstat(path, &st) != 0) {
		perror(name);
		return;
	}
	pw = getpwuid(st.st_uid);
	snprintf(owner, sizeof (owner), "%d", st.st_uid);
	strlcpy(owner, pw == NULL ? owner : pw->pw_name, sizeof (owner));
	gr = getgrgid(st.st_gid);
	snprintf(group, sizeof (group), "%d", st.st_gid);
	strlcpy(group, gr == NULL ? group : gr->gr_name, sizeof (group));
	if (human)
		human_size((unsigned long)st.st_size, size, sizeof (size));
	else
		snprintf(size, sizeof (size), "%ld", st.st_size);
	strftime(when, sizeof (when), "%b %e %H:%M", gmtime_r(&st.st_mtime, &tm));
	printf("%s %3u %-8s %-8s %8s %s %s\n", mode_string(st.st_mode, mode), st.st_nlink, owner, group, size, when, name);
}
static int
list(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;
	char *names[512];
	size_t n = 0;
	if (d == NULL) {
		perror(path);
		return (1);
	}
	while ((e = readdir(d)) != NULL && n < 512) {
		if ((hidden || e->d_name[0] != '.') && (names[n] = strdup(e->d_name)) != NULL)
			n++;
	}
	closedir(d);
	qsort(names, n, sizeof (names[0]), by_name);
	for (size_t i = 0; i < n; i++) {
		show(path, names[i]);
		free(names[i]);
	}
	return (0);
}
int
main(int argc, char **argv)
{
	int c, bad = 0;
	while ((c = getopt(argc, argv, "lah")) != -1) {
		switch (c) {
		case 'l': longform = 1; break;
		case 'a': hidden = 1; break;
		case 'h': human = 1; break;
		default: return (2);
		}
	}
	if (optind == argc)
		return (list("."));
	for (; optind < argc; optind++)
		bad |= list(argv[optind]);
	return (bad);
}
