/* match: a pattern is a whole name, its last parts, or a shell pattern. */
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include "libscf.h"
int
scf_match(const struct scf_fmri *f, const char *pattern)
{
	char full[224];
	size_t n, m = strlen(pattern);
	snprintf(full, sizeof (full), "%s:%s", f->service, f->instance);
	if (strpbrk(pattern, "*?[") != NULL)
		return (fnmatch(pattern, full, 0) == 0);
	n = strlen(full);
	if (strchr(pattern, ':') == NULL)
		n = strlen(f->service);
	return (m <= n && strncmp(full + n - m, pattern, m) == 0 && (m == n || full[n - m - 1] == '/'));
}
