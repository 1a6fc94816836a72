/* packed: a file that starts with the mark of bzip2 is unpacked; anything else is left to the caller. */
#include <stdlib.h>
#include <string.h>
#include <bzmini.h>
#include "less.h"
long
unpack_file(char **out, const unsigned char *in, size_t size)
{
	size_t r = 4, w = 0, room = BZ_BLOCK;
	char *to;
	if (size < 4 || memcmp(in, "BZm1", 4) != 0 || (to = malloc(room)) == NULL)
		return (-1);
	while (r + 2 <= size) {
		size_t m = (size_t)in[r] << 8 | in[r + 1];
		long n;
		if (w + BZ_BLOCK > room) {
			char *more = realloc(to, room *= 2);
			if (more == NULL) {
				free(to);
				return (-1);
			}
			to = more;
		}
		r += 2;
		if (m > size - r || (n = bz_unpack_block((unsigned char *)to + w, in + r, m)) < 0) {
			free(to);
			return (-1);
		}
		r += m;
		w += (size_t)n;
	}
	*out = to;
	return ((long)w);
}
