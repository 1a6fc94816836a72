/* size: bytes with K, M, G, T or P; what does not fit 64 bits is refused. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "libzfs.h"
int
zfs_parse_size(const char *s, unsigned long *out)
{
	static const char unit[] = "BKMGTP";
	char *end;
	unsigned long v = strtoul(s, &end, 10);
	if (end == s)
		return (strcmp(s, "none") == 0 ? (*out = 0, 0) : -1);
	if (*end != '\0') {
		const char *u = strchr(unit, toupper((unsigned char)*end));
		int shift;
		if (u == NULL || *u == '\0' || end[1] != '\0')
			return (-1);
		shift = 10 * (int)(u - unit);
		if (shift > 0 && v >> (64 - shift) != 0)
			return (-1);
		v <<= shift;
	}
	*out = v;
	return (0);
}
