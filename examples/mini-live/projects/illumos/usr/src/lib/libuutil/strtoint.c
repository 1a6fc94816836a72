/* strtoint: the whole text must be a number within both limits. */
#include <errno.h>
#include <stdlib.h>
#include "libuutil.h"
int
uu_strtoint(const char *s, long *out, long low, long high)
{
	char *end;
	long v;
	errno = 0;
	v = strtol(s, &end, 0);
	if (end == s || *end != '\0')
		return (EINVAL);
	if (errno == ERANGE || v < low || v > high)
		return (ERANGE);
	*out = v;
	return (0);
}
