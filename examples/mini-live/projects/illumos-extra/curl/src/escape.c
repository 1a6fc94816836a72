/* escape: what RFC 3986 does not leave alone becomes %XX. */
#include <ctype.h>
#include <string.h>
#include "curlmini.h"
size_t
curl_escape(char *to, size_t size, const char *s)
{
	size_t w = 0;
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;
		if (isalnum(c) || strchr("-._~", c) != NULL) {
			if (w + 1 < size)
				to[w] = (char)c;
			w++;
		} else {
			if (w + 3 < size) {
				to[w] = '%';
				to[w + 1] = "0123456789ABCDEF"[c >> 4];
				to[w + 2] = "0123456789ABCDEF"[c & 15];
			}
			w += 3;
		}
	}
	if (size > 0)
		to[w < size ? w : size - 1] = '\0';
	return (w);
}
