/* fmri: the prefix may be missing, the instance defaults to "default". */
#include <string.h>
#include "libscf.h"
static int
take(char *to, size_t size, const char *from, size_t n)
{
	if (n == 0 || n >= size)
		return (-1);
	memcpy(to, from, n);
	to[n] = '\0';
	return (0);
}
int
scf_parse_fmri(const char *s, struct scf_fmri *f)
{
	const char *colon, *prop;
	memset(f, 0, sizeof (*f));
	if (strncmp(s, "svc:", 4) == 0)
		s += 4;
	while (*s == '/')
		s++;
	prop = strstr(s, "/:properties/");
	if (prop != NULL && take(f->group, sizeof (f->group), prop + 13, strlen(prop + 13)) != 0)
		return (-1);
	if (prop == NULL)
		prop = s + strlen(s);
	colon = memchr(s, ':', (size_t)(prop - s));
	if (colon == NULL) {
		strlcpy(f->instance, "default", sizeof (f->instance));
		return (take(f->service, sizeof (f->service), s, (size_t)(prop - s)));
	}
	if (take(f->service, sizeof (f->service), s, (size_t)(colon - s)) != 0)
		return (-1);
	return (take(f->instance, sizeof (f->instance), colon + 1, (size_t)(prop - colon - 1)));
}
