/* which: where along PATH each command would be found. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int
main(int argc, char **argv)
{
	int bad = 0;
	for (int i = 1; i < argc; i++) {
		const char *path = getenv("PATH");
		int found = 0;
		while (path != NULL && *path != '\0' && !found) {
			char full[PATH_MAX];
			size_t n = strcspn(path, ":");
			snprintf(full, sizeof (full), "%.*s/%s", (int)n, path, argv[i]);
			if (access(full, 1) == 0) {
				puts(full);
				found = 1;
			}
			path += n + (path[n] == ':');
		}
		bad |= !found;
	}
	return (bad);
}
