/* size: powers of 1024 with one digit after the point below ten. */
#include "libcmdutils.h"
char *
human_size(unsigned long n, char *to, size_t size)
{
	static const char unit[] = "BKMGTPE";
	unsigned long rest = 0;
	int u = 0;
	while (n >= 1024) {
		rest = n % 1024;
		n /= 1024;
		u++;
	}
	if (u > 0 && n < 10)
		snprintf(to, size, "%lu.%lu%c", n, rest * 10 / 1024, unit[u]);
	else
		snprintf(to, size, "%lu%c", n, unit[u]);
	return (to);
}
