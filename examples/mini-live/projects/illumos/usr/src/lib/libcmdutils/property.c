/* property: kinds are size, number, bool, choice and text; a choice lists its values with bars. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "libcmdutils.h"
static int
chosen(const char *values, const char *v)
{
	size_t n = strlen(v);
	while (*values != '\0') {
		size_t len = strcspn(values, "|");
		if (len == n && strncmp(values, v, n) == 0)
			return (1);
		values += len + (values[len] == '|');
	}
	return (0);
}
static int
fits(const struct property *p, const char *v)
{
	char *end;
	if (strcmp(p->kind, "choice") == 0)
		return (chosen(p->values, v));
	if (strcmp(p->kind, "bool") == 0)
		return (chosen("on|off", v));
	if (strcmp(p->kind, "text") == 0)
		return (*v != '\0');
	(void)strtoul(v, &end, 10);
	if (end == v)
		return (0);
	if (strcmp(p->kind, "size") == 0 && strchr("KMGT", toupper((unsigned char)*end)) != NULL && *end != '\0')
		end++;
	return (*end == '\0');
}
int
property_check(const struct property *props, size_t n, const char *name, const char *value)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(props[i].name, name) == 0) {
			if (fits(&props[i], value))
				return (0);
			fprintf(stderr, "%s: '%s' must be %s%s%s\n", getprogname(), name, props[i].kind,
			    *props[i].values != '\0' ? " of " : "", props[i].values);
			return (-1);
		}
	}
	fprintf(stderr, "%s: invalid property '%s'\n", getprogname(), name);
	return (-1);
}
