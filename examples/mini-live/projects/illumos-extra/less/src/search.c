/* search: next or previous line that contains the words; -1 when none does. */
#include <string.h>
#include "less.h"
long
text_search(const struct text *t, const char *what, size_t from, int step)
{
	size_t n = strlen(what);
	for (long i = (long)from; i >= 0 && i < (long)t->lines; i += step) {
		for (size_t p = t->at[i]; p + n <= t->at[i + 1]; p++) {
			if (memcmp(t->bytes + p, what, n) == 0)
				return (i);
		}
	}
	return (-1);
}
