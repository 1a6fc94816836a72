/* name: pool/part/part@snapshot; letters, digits and -_.: only. */
#include <ctype.h>
#include <string.h>
#include "libzfs.h"
zfs_type_t
zfs_name_type(const char *s)
{
	zfs_type_t type = ZFS_POOL;
	size_t part = 0;
	if (!isalpha((unsigned char)*s))
		return (ZFS_BAD);
	for (; *s != '\0'; s++) {
		if (*s == '/' || *s == '@') {
			if (part == 0 || type == ZFS_SNAPSHOT)
				return (ZFS_BAD);
			type = *s == '@' ? ZFS_SNAPSHOT : ZFS_FILESYSTEM;
			part = 0;
		} else if (isalnum((unsigned char)*s) || strchr("-_.:", *s) != NULL) {
			part++;
		} else {
			return (ZFS_BAD);
		}
	}
	return (part == 0 ? ZFS_BAD : type);
}
int
zfs_name_compare(const char *a, const char *b)
{
	for (; *a != '\0' && *a == *b; a++, b++)
		;
	/* A parent stands before its children, whatever byte a slash is. */
	if (*a == '/' || *b == '/')
		return (*a == '\0' ? -1 : *b == '\0' ? 1 : *a == '/' ? -1 : 1);
	return ((unsigned char)*a - (unsigned char)*b);
}
