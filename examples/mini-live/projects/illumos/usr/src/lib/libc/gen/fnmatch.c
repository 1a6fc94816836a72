/* fnmatch: * ? [] and backslash; with FNM_PATHNAME no wildcard matches a slash. */
#include <fnmatch.h>
static int
in_set(const char **pattern, int c)
{
	const char *p = *pattern;
	int invert = *p == '!', hit = 0;
	if (invert)
		p++;
	do {
		if (*p == '\0')
			return (-1);
		if (p[1] == '-' && p[2] != ']' && p[2] != '\0') {
			hit |= c >= p[0] && c <= p[2];
			p += 3;
		} else {
			hit |= c == *p++;
		}
	} while (*p != ']');
	*pattern = p + 1;
	return (hit != invert);
}
int
fnmatch(const char *p, const char *s, int flags)
{
	for (;;) {
		int c = *p++;
		switch (c) {
		case '\0':
			return (*s == '\0' ? 0 : FNM_NOMATCH);
		case '?':
			if (*s == '\0' || ((flags & FNM_PATHNAME) && *s == '/'))
				return (FNM_NOMATCH);
			s++;
			break;
		case '*':
			for (;; s++) {
				if (fnmatch(p, s, flags) == 0)
					return (0);
				if (*s == '\0' || ((flags & FNM_PATHNAME) && *s == '/'))
					return (FNM_NOMATCH);
			}
		case '[':
			if (*s == '\0' || in_set(&p, *s) != 1)
				return (FNM_NOMATCH);
			s++;
			break;
		case '\\':
			if (*p != '\0')
				c = *p++;
			/* FALLTHROUGH */
		default:
			if (*s++ != c)
				return (FNM_NOMATCH);
		}
	}
}
