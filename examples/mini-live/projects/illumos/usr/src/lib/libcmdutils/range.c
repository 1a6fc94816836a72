/* range: lists like 1-3,7,9- set flags; positions count from one. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "libcmdutils.h"
int
parse_ranges(const char *s, unsigned char *flags, size_t n)
{
	memset(flags, 0, n);
	while (*s != '\0') {
		unsigned long low = 1, high;
		char *end = (char *)s;
		if (isdigit((unsigned char)*s))
			low = strtoul(s, &end, 10);
		high = low;
		if (*end == '-') {
			s = end + 1;
			high = n;
			if (isdigit((unsigned char)*s))
				high = strtoul(s, &end, 10);
			else
				end = (char *)s;
		}
		if (low == 0 || high < low || (*end != ',' && *end != '\0'))
			return (-1);
		for (unsigned long i = low; i <= high && i <= n; i++)
			flags[i - 1] = 1;
		s = *end == ',' ? end + 1 : end;
	}
	return (0);
}
