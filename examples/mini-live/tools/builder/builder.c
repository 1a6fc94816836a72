/* builder: reads a manifest and writes an archive of what it names, taken from the folders in their
   order. Four passes: folders, files, symbolic links, hard links. A file that is nowhere is FAILED
   and the others still follow; the exit status is then 1. With -l, one "path TAB source" line a file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "builder.h"
static FILE *out, *list;
static char **dirs;
static int ndirs, failed, line_number;
static void
owner(struct entry *e)
{
	e->uid = id_find(users, e->user);
	e->gid = id_find(groups, e->group);
}
static void
stop(const char *what)
{
	fflush(stdout);
	perror(what);
	exit(1);
}
static void
do_dir(struct entry *e)
{
	printf("DIR: [%s][%04o][%s/%d][%s/%d]: ", e->path, e->mode, e->user, e->uid, e->group, e->gid);
	if (tar_entry(out, e, NULL, 0) != 0)
		stop("mkdir()");
	printf("OK\n");
}
static void
do_file(struct entry *e)
{
	char full[2048];
	long size = 0;
	const char *dir = search_file(dirs, ndirs, e->path, full, sizeof (full), &size);
	printf("FILE: [%s][%04o][%s/%d][%s/%d]: ", e->path, e->mode, e->user, e->uid, e->group, e->gid);
	if (dir == NULL) {
		printf("FAILED\n");
		failed = 1;
		return;
	}
	if (tar_entry(out, e, full, size) != 0)
		stop("file_cp()");
	if (list != NULL)
		fprintf(list, "%s\t%s\n", e->path, full);
	printf("OK (%s)\n", dir);
}
static void
do_link(struct entry *e)
{
	const char *kind = e->type == 's' ? "symlink" : "link";
	if (tar_entry(out, e, NULL, 0) != 0)
		stop(kind);
	printf("LINK(%s): %s => %s: OK\n", kind, e->path, e->target);
}
/* Returns 0 for a line that this pass is to act on; what is wrong with a line is printed once a pass. */
static int
parse(const char *line, char want, struct entry *e)
{
	char type, path[1024], mode[64], user[64], group[64], *end, *equal;
	int n = sscanf(line, "%c %1023s %63s %63s %63s", &type, path, mode, user, group);
	memset(e, 0, sizeof (*e));
	if (n <= 0 || type == '\n' || type == '#')
		return (-1);
	if (type != 'd' && type != 'f' && type != 's' && type != 'h') {
		printf("Invalid type (%c) on line[%d]: %s\n", type, line_number, line);
		return (-1);
	}
	if (type != want)
		return (-1);
	e->type = type;
	if (type == 's' || type == 'h') {
		equal = strchr(path, '=');
		if (n != 2) {
			printf("Wrong number of arguments for %s on line[%d]: %s\n", type == 's' ? "symlink" : "link", line_number, line);
			return (-1);
		}
		if (equal == NULL || equal == path || equal[1] == '\0') {
			printf("invalid %s target: '%s'\n", type == 's' ? "symlink" : "link", path);
			exit(1);
		}
		*equal = '\0';
		snprintf(e->target, sizeof (e->target), "%s", equal + 1);
		e->mode = type == 's' ? 0777 : 0644;
		strcpy(e->user, "root");
		strcpy(e->group, "root");
	} else {
		if (n != 5) {
			printf("Wrong number of arguments for %s on line[%d]: %s\n", type == 'd' ? "directory" : "file", line_number, line);
			return (-1);
		}
		e->mode = (unsigned int)strtoul(mode, &end, 8);
		if (*end != '\0')
			fprintf(stderr, "converting string to octal: %s\n", mode);
		snprintf(e->user, sizeof (e->user), "%s", user);
		snprintf(e->group, sizeof (e->group), "%s", group);
	}
	while (path[0] != '\0' && path[strlen(path) - 1] == '/')
		path[strlen(path) - 1] = '\0';
	snprintf(e->path, sizeof (e->path), "%s", path);
	owner(e);
	return (0);
}
static void
pass(const char *manifest, char type, void (*fn)(struct entry *))
{
	FILE *f = fopen(manifest, "r");
	char line[1024];
	if (f == NULL)
		stop(manifest);
	while (fgets(line, sizeof (line), f) != NULL) {
		struct entry e;
		line_number++;
		if (parse(line, type, &e) == 0)
			fn(&e);
	}
	fclose(f);
}
int
main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "-l") == 0) {
		if ((list = fopen(argv[2], "w")) == NULL)
			stop(argv[2]);
		argv += 2;
		argc -= 2;
	}
	if (argc < 4) {
		fprintf(stderr, "usage: builder [-l list] manifest archive dir...\n");
		return (1);
	}
	dirs = argv + 3;
	ndirs = argc - 3;
	printf("MANIFEST:   %s\nOUTPUT:     %s\n", argv[1], argv[2]);
	for (int i = 0; i < ndirs; i++)
		printf("SEARCH[%02d]: %s\n", i, dirs[i]);
	if ((out = fopen(argv[2], "wb")) == NULL)
		stop(argv[2]);
	pass(argv[1], 'd', do_dir);
	pass(argv[1], 'f', do_file);
	pass(argv[1], 's', do_link);
	pass(argv[1], 'h', do_link);
	if (tar_end(out) != 0 || fclose(out) != 0)
		stop(argv[2]);
	if (list != NULL && fclose(list) != 0)
		stop("list");
	return (failed);
}
