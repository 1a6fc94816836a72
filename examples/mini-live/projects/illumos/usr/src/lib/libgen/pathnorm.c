/* pathnorm: removes empty and single-dot parts in place; .. stays, for links may stand before it. */
#include <string.h>
#include "libgen.h"
char *
pathnorm(char *s)
{
	char *r = s, *w = s;
	while (*r != '\0') {
		size_t n = strcspn(r, "/");
		if (n > 0 && !(n == 1 && r[0] == '.')) {
			memmove(w, r, n);
			w += n;
			if (r[n] == '/')
				*w++ = '/';
		} else if (r == s && *r == '/') {
			w++;
		}
		r += n + (r[n] == '/');
	}
	*w = '\0';
	return (s);
}
