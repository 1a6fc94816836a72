/* base64: the payload of a frame has no blanks and no line ends. */
#include <string.h>
#include "mdata.h"
static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
size_t
base64(char *to, const char *from, size_t n)
{
	size_t w = 0;
	for (size_t i = 0; i < n; i += 3) {
		unsigned int v = 0, have = n - i < 3 ? (unsigned int)(n - i) : 3;
		for (unsigned int k = 0; k < 3; k++)
			v = v << 8 | (k < have ? (unsigned char)from[i + k] : 0U);
		for (unsigned int k = 0; k < 4; k++)
			to[w++] = k <= have ? set[v >> (18 - 6 * k) & 63] : '=';
	}
	to[w] = '\0';
	return (w);
}
long
unbase64(char *to, size_t size, const char *from)
{
	unsigned int v = 0, bits = 0;
	size_t w = 0;
	for (; *from != '\0' && *from != '=' && *from != '\n'; from++) {
		const char *at = strchr(set, *from);
		if (at == NULL)
			return (-1);
		v = v << 6 | (unsigned int)(at - set);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			if (w + 1 >= size)
				return (-1);
			to[w++] = (char)(v >> bits);
		}
	}
	to[w] = '\0';
	return ((long)w);
}
