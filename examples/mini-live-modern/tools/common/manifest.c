/* manifest: reads all entries into one table sorted by path; the table lives as long as the program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "manifest.h"
static struct entry *table;
static long count, room;
static void
bad(const char *line)
{
	fprintf(stderr, "ERROR: invalid manifest line: %s\n", line);
	exit(1);
}
long
manifest_read(const char *file, void (*each)(const struct entry *, void *), void *arg)
{
	char line[4096];
	long n = 0;
	FILE *f = fopen(file, "r");
	if (f == NULL) {
		perror(file);
		exit(1);
	}
	while (fgets(line, sizeof (line), f) != NULL) {
		struct entry e = { 0 };
		char rest[1024], mode[16], user[64], group[64];
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (sscanf(line, "%c %1023s", &e.type, rest) != 2)
			bad(line);
		if (e.type == 'd' || e.type == 'f') {
			if (sscanf(line, "%*c %*s %15s %63s %63s", mode, user, group) != 3 ||
			    (strtoul(mode, NULL, 8) & ~07777ul) != 0)
				bad(line);
			strcpy(e.path, rest);
		} else if (e.type == 's' || e.type == 'h') {
			char *eq = strchr(rest, '=');
			if (eq == NULL || eq == rest || eq[1] == '\0')
				bad(line);
			*eq = '\0';
			strcpy(e.path, rest);
			strcpy(e.target, eq + 1);
		} else {
			fprintf(stderr, "ERROR: manifest line type '%c' unrecognised\n", e.type);
			exit(1);
		}
		each(&e, arg);
		n++;
	}
	fclose(f);
	return (n);
}
static void
add(const struct entry *e, void *arg)
{
	(void) arg;
	if (count == room) {
		room = room == 0 ? 1024 : room * 2;
		table = realloc(table, room * sizeof (*table));
		if (table == NULL) {
			perror("manifest");
			exit(1);
		}
	}
	table[count++] = *e;
}
static int
by_path(const void *a, const void *b)
{
	return (strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path));
}
void
manifest_load(const char *file)
{
	manifest_read(file, add, NULL);
	qsort(table, count, sizeof (*table), by_path);
}
const struct entry *
manifest_find(const char *path)
{
	static struct entry key;
	snprintf(key.path, sizeof (key.path), "%s", path);
	return (count == 0 ? NULL : bsearch(&key, table, count, sizeof (*table), by_path));
}
const struct entry *
manifest_at(long i)
{
	return (&table[i]);
}
long
manifest_count(void)
{
	return (count);
}
