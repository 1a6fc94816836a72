/* search: the first folder in which the file can be opened wins; only "not there" leads to the next. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "builder.h"
int
id_find(const struct id *t, const char *name)
{
	for (; t->name != NULL; t++) {
		if (strcmp(t->name, name) == 0)
			return (t->number);
	}
	return (-1);
}
const char *
search_file(char **dirs, int n, const char *path, char *full, size_t size, long *bytes)
{
	for (int i = 0; i < n; i++) {
		struct stat st;
		FILE *f;
		if (snprintf(full, size, "%s/%s", dirs[i], path) >= (int)size)
			continue;
		f = fopen(full, "rb");
		if (f == NULL) {
			if (errno != ENOENT && errno != ENOTDIR) {
				perror(full);
				exit(1);
			}
			continue;
		}
		if (fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode)) {
			*bytes = (long)st.st_size;
			fclose(f);
			return (dirs[i]);
		}
		fclose(f);
	}
	return (NULL);
}
