/* option: sizes with K, M, G or T; the result is in MiB. */
#include <stdlib.h>
#include "kvm.h"
int
option_size(const char *s, unsigned long *mib)
{
	char *end;
	unsigned long v = strtoul(s, &end, 10);
	switch (*end) {
	case 'K': case 'k': v /= 1024; break;
	case 'G': case 'g': v *= 1024; break;
	case 'T': case 't': v *= 1024 * 1024; break;
	case 'M': case 'm': case '\0': break;
	default: return (-1);
	}
	*mib = v;
	return (end == s ? -1 : 0);
}
