/* mancf [-t] -f MANIFEST: man.cf, the sections that the delivered manual pages are in. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "manifest.h"
int
main(int argc, char **argv)
{
	static char seen[64][16];
	const char *file = NULL;
	int flag, n = 0;
	while ((flag = getopt(argc, argv, "tf:")) != -1) {
		if (flag == 'f')
			file = optarg;
		else if (flag != 't')
			return (2);
	}
	if (file == NULL) {
		fprintf(stderr, "usage: mancf [-t] -f manifest\n");
		return (2);
	}
	manifest_load(file);
	printf("MANSECTS=");
	for (long i = 0; i < manifest_count(); i++) {
		char section[16];
		int known = 0;
		if (sscanf(manifest_at(i)->path, "usr/share/man/man%15[^/]/", section) != 1)
			continue;
		for (int k = 0; k < n; k++)
			known |= strcmp(seen[k], section) == 0;
		if (known || n == 64)
			continue;
		printf("%s%s", n == 0 ? "" : ",", section);
		strcpy(seen[n++], section);
	}
	printf("\n");
	return (0);
}
