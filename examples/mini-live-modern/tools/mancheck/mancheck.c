/* mancheck -f MANIFEST [-s] -c CONF: every delivered program has a manual page, except those that a
   line "nomanual PATH" of CONF excuses. Exit 60 when a page is missing; -s counts at the end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "manifest.h"
static const char *places[] = { "sbin/", "usr/bin/", "usr/sbin/", "usr/lib/", NULL };
static char (*excused)[1024];
static int nexcused;
static int
is_program(const char *path)
{
	for (int i = 0; places[i] != NULL && i < 3; i++) {
		size_t n = strlen(places[i]);
		if (strncmp(path, places[i], n) == 0 && strchr(path + n, '/') == NULL)
			return (1);
	}
	return (0);
}
static int
has_page(const char *name)
{
	static const char *sections[] = { "1", "1m", "4", "5", "8", NULL };
	char page[2048];
	for (int i = 0; sections[i] != NULL; i++) {
		snprintf(page, sizeof (page), "usr/share/man/man%s/%s.%s", sections[i], name, sections[i]);
		if (manifest_find(page) != NULL)
			return (1);
	}
	return (0);
}
static int
is_excused(const char *path)
{
	for (int i = 0; i < nexcused; i++) {
		size_t n = strlen(excused[i]);
		if (strcmp(excused[i], path) == 0 ||
		    (n > 0 && excused[i][n - 1] == '*' && strncmp(excused[i], path, n - 1) == 0))
			return (1);
	}
	return (0);
}
static void
read_conf(const char *file)
{
	char line[2048], path[1024];
	FILE *f = fopen(file, "r");
	if (f == NULL) {
		perror(file);
		exit(1);
	}
	while (fgets(line, sizeof (line), f) != NULL) {
		if (sscanf(line, "nomanual /%1023s", path) != 1)
			continue;
		excused = realloc(excused, (nexcused + 1) * sizeof (*excused));
		strcpy(excused[nexcused++], path);
	}
	fclose(f);
}
int
main(int argc, char **argv)
{
	const char *file = NULL, *conf = NULL;
	int flag, missing = 0, seen = 0, sum = 0;
	while ((flag = getopt(argc, argv, "f:sc:")) != -1) {
		if (flag == 'f')
			file = optarg;
		else if (flag == 'c')
			conf = optarg;
		else if (flag == 's')
			sum = 1;
		else
			return (2);
	}
	if (file == NULL) {
		fprintf(stderr, "usage: mancheck -f manifest [-s] [-c conf]\n");
		return (2);
	}
	if (conf != NULL)
		read_conf(conf);
	manifest_load(file);
	for (long i = 0; i < manifest_count(); i++) {
		const struct entry *e = manifest_at(i);
		if (e->type == 'd' || !is_program(e->path))
			continue;
		seen++;
		if (!is_excused(e->path) && !has_page(strrchr(e->path, '/') + 1)) {
			printf("missing manual page for /%s\n", e->path);
			missing++;
		}
	}
	if (sum)
		printf("programs: %d, missing manual pages: %d\n", seen, missing);
	return (missing > 0 ? 60 : 0);
}
