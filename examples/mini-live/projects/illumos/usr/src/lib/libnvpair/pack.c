/* pack: type, name and value, lengths in two bytes; a result longer than the buffer is only counted. */
#include <stdlib.h>
#include <string.h>
#include "libnvpair.h"
static size_t
bytes(unsigned char *to, size_t size, size_t at, const void *from, size_t n)
{
	if (at + n <= size)
		memcpy(to + at, from, n);
	return (at + n);
}
static size_t
word(unsigned char *to, size_t size, size_t at, size_t v)
{
	unsigned char b[2] = { (unsigned char)(v >> 8), (unsigned char)v };
	return (bytes(to, size, at, b, 2));
}
size_t
nvlist_pack(const nvlist_t *l, unsigned char *to, size_t size)
{
	size_t at = word(to, size, 0, l->count);
	for (const nvpair_t *p = l->first; p != NULL; p = p->next) {
		size_t n = strlen(p->name);
		at = word(to, size, at, (size_t)p->type);
		at = word(to, size, at, n);
		at = bytes(to, size, at, p->name, n);
		if (p->type == NV_STRING) {
			n = strlen(p->v.text);
			at = word(to, size, at, n);
			at = bytes(to, size, at, p->v.text, n);
		} else if (p->type == NV_NVLIST) {
			n = nvlist_pack(p->v.list, NULL, 0);
			at = word(to, size, at, n);
			if (at + n <= size)
				(void)nvlist_pack(p->v.list, to + at, size - at);
			at += n;
		} else {
			at = bytes(to, size, at, &p->v.number, sizeof (p->v.number));
		}
	}
	return (at);
}
