/* chunked: a chunked body unwrapped in place, and the tag by which a body is remembered. */
#include <stdlib.h>
#include <string.h>
#include <zmini.h>
#include "curlmini.h"
long
curl_unchunk(char *body, size_t n)
{
	char *end = body + n, *r = body, *w = body;
	while (r < end) {
		char *after;
		unsigned long len = strtoul(r, &after, 16);
		if (after == r)
			return (-1);
		r = after + strcspn(after, "\n");
		if (r >= end || len > (unsigned long)(end - r - 1))
			return (-1);
		r++;
		if (len == 0)
			break;
		memmove(w, r, len);
		w += len;
		r += len + 2;
	}
	return (w - body);
}
unsigned int
curl_etag(const void *body, size_t n)
{
	return (zmini_crc32(0, body, n));
}
