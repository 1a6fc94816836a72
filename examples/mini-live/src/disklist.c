/* disklist: the names of disks, whole devices only; -n for one a line, -s with their sizes. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
static int
by_name(const void *a, const void *b)
{
	return (strcmp(*(char *const *)a, *(char *const *)b));
}
int
main(int argc, char **argv)
{
	char *names[128];
	size_t n = 0;
	int lines = 0, sizes = 0, c;
	DIR *d;
	struct dirent *e;
	while ((c = getopt(argc, argv, "ns")) != -1) {
		switch (c) {
		case 'n': lines = 1; break;
		case 's': sizes = lines = 1; break;
		default: return (2);
		}
	}
	d = opendir("/dev/dsk");
	if (d == NULL) {
		perror("/dev/dsk");
		return (1);
	}
	while ((e = readdir(d)) != NULL && n < 128) {
		size_t len = strlen(e->d_name);
		if (len > 2 && strcmp(e->d_name + len - 2, "p0") == 0) {
			e->d_name[len - 2] = '\0';
			names[n] = strdup(e->d_name);
			n += names[n] != NULL;
		}
	}
	closedir(d);
	qsort(names, n, sizeof (names[0]), by_name);
	for (size_t i = 0; i < n; i++) {
		struct stat st;
		char path[300];
		snprintf(path, sizeof (path), "/dev/dsk/%sp0", names[i]);
		fputs(names[i], stdout);
		if (sizes && stat(path, &st) == 0)
			printf(" %ld", st.st_size);
		putchar(lines || i + 1 == n ? '\n' : ' ');
		free(names[i]);
	}
	return (0);
}
