/* proto: a walk that never follows a link. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "manifest.h"
#include "proto.h"
static int
check_one(const char *full, const char *path, const struct stat *st)
{
	const struct entry *e = manifest_find(path);
	char target[1024];
	ssize_t n;
	if (e == NULL) {
		printf("missing from manifest: %s\n", path);
		return (1);
	}
	if ((S_ISDIR(st->st_mode) && e->type != 'd') || (S_ISLNK(st->st_mode) && e->type != 's') ||
	    (S_ISREG(st->st_mode) && e->type != 'f' && e->type != 'h')) {
		printf("type mismatch: %s\n", path);
		return (1);
	}
	if (!S_ISLNK(st->st_mode))
		return (0);
	n = readlink(full, target, sizeof (target) - 1);
	if (n < 0)
		return (0);
	target[n] = '\0';
	if (strcmp(target, e->target) == 0)
		return (0);
	printf("symlink target mismatch: %s\n", path);
	return (1);
}
int
proto_check(const char *root, const char *sub)
{
	char full[3072], path[2048];
	struct dirent *d;
	int errors = 0;
	DIR *dir;
	snprintf(full, sizeof (full), "%s/%s", root, sub);
	dir = opendir(full);
	if (dir == NULL)
		return (0);
	while ((d = readdir(dir)) != NULL) {
		struct stat st;
		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		if (snprintf(path, sizeof (path), "%s/%s", sub, d->d_name) >= (int)sizeof (path) ||
		    snprintf(full, sizeof (full), "%s/%s", root, path) >= (int)sizeof (full))
			continue;
		if (lstat(full, &st) != 0)
			continue;
		errors += check_one(full, path, &st);
		if (S_ISDIR(st.st_mode))
			errors += proto_check(root, path);
	}
	closedir(dir);
	return (errors);
}
