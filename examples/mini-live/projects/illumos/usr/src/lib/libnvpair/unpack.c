/* unpack: trusts no length that it reads; NULL for anything damaged. */
#include <stdlib.h>
#include <string.h>
#include "libnvpair.h"
struct in { const unsigned char *p; size_t left; int bad; };
static size_t
word(struct in *in)
{
	size_t v;
	if (in->left < 2) {
		in->bad = 1;
		return (0);
	}
	v = (size_t)in->p[0] << 8 | in->p[1];
	in->p += 2;
	in->left -= 2;
	return (v);
}
static int
text(struct in *in, char *to, size_t size)
{
	size_t n = word(in);
	if (in->bad || n > in->left || n >= size) {
		in->bad = 1;
		return (-1);
	}
	memcpy(to, in->p, n);
	to[n] = '\0';
	in->p += n;
	in->left -= n;
	return (0);
}
nvlist_t *
nvlist_unpack(const unsigned char *from, size_t size)
{
	struct in in = { from, size, 0 };
	nvlist_t *l = nvlist_alloc();
	size_t count = l == NULL ? 0 : word(&in);
	for (; count > 0 && !in.bad; count--) {
		size_t type = word(&in);
		char name[256], value[1024];
		long number;
		if (text(&in, name, sizeof (name)) != 0)
			break;
		if (type == NV_STRING) {
			if (text(&in, value, sizeof (value)) == 0)
				in.bad |= nvlist_add_string(l, name, value) != 0;
		} else if (type == NV_NVLIST) {
			size_t n = word(&in);
			nvlist_t *inner = in.bad || n > in.left ? NULL : nvlist_unpack(in.p, n);
			if (inner == NULL || nvlist_add_nvlist(l, name, inner) != 0) {
				nvlist_free(inner);
				in.bad = 1;
				break;
			}
			in.p += n;
			in.left -= n;
		} else if ((type == NV_INT64 || type == NV_BOOLEAN) && in.left >= sizeof (number)) {
			memcpy(&number, in.p, sizeof (number));
			in.p += sizeof (number);
			in.left -= sizeof (number);
			in.bad |= (type == NV_INT64 ? nvlist_add_int64(l, name, number) : nvlist_add_boolean(l, name, number != 0)) != 0;
		} else {
			in.bad = 1;
		}
	}
	if (in.bad) {
		nvlist_free(l);
		return (NULL);
	}
	return (l);
}
