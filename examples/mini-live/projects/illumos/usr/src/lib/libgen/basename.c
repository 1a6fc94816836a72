/* basename, dirname: trailing slashes do not count. */
#include <string.h>
#include "libgen.h"
static void
trim(char *s)
{
	size_t n = strlen(s);
	while (n > 1 && s[n - 1] == '/')
		s[--n] = '\0';
}
char *
basename(char *s)
{
	char *slash;
	if (s == NULL || *s == '\0')
		return (".");
	trim(s);
	slash = strrchr(s, '/');
	return (slash == NULL || slash[1] == '\0' ? s : slash + 1);
}
char *
dirname(char *s)
{
	char *slash;
	if (s == NULL || *s == '\0')
		return (".");
	trim(s);
	slash = strrchr(s, '/');
	if (slash == NULL)
		return (".");
	slash[slash == s] = '\0';
	trim(s);
	return (s);
}
