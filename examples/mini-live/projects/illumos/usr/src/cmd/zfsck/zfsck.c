/* zfsck: checks names of datasets and name=value properties before a pool is asked. */
#include <libzfs.h>
#include <stdio.h>
#include <string.h>
int
main(int argc, char **argv)
{
	nvlist_t *props = nvlist_alloc();
	char why[128];
	int bad = 0;
	static const char *const kinds[] = { "not a name", "pool", "filesystem", "snapshot" };
	for (int i = 1; props != NULL && i < argc; i++) {
		char *equal = strchr(argv[i], '=');
		if (equal == NULL) {
			zfs_type_t t = zfs_name_type(argv[i]);
			printf("%s: %s\n", argv[i], kinds[t]);
			bad |= t == ZFS_BAD;
		} else {
			*equal = '\0';
			(void)nvlist_add_string(props, argv[i], equal + 1);
		}
	}
	if (props != NULL && zfs_props_check(props, why, sizeof (why)) != 0) {
		fprintf(stderr, "zfsck: %s\n", why);
		bad = 1;
	}
	nvlist_free(props);
	return (bad);
}
