/* props: one table of the properties that may be set, and what their values are. */
#include <stdlib.h>
#include <string.h>
#include <libuutil.h>
#include "libzfs.h"
static const struct { const char *name, *values; } table[] = {
	{ "atime", "on|off" }, { "canmount", "on|off|noauto" }, { "checksum", "on|off|fletcher2|fletcher4|sha256" },
	{ "compression", "on|off|lzjb|gzip|gzip-1|gzip-9|zle|lz4" }, { "copies", "1|2|3" }, { "devices", "on|off" },
	{ "exec", "on|off" }, { "logbias", "latency|throughput" }, { "mountpoint", "*" }, { "primarycache", "all|none|metadata" },
	{ "quota", "#" }, { "readonly", "on|off" }, { "recordsize", "#" }, { "refquota", "#" }, { "refreservation", "#" },
	{ "reservation", "#" }, { "secondarycache", "all|none|metadata" }, { "setuid", "on|off" }, { "snapdir", "hidden|visible" },
	{ "sync", "standard|always|disabled" }, { "xattr", "on|off" }, { "zoned", "on|off" },
};
static int
listed(const char *values, const char *v)
{
	const char *at = strstr(values, v);
	size_t n = strlen(v);
	for (; at != NULL; at = strstr(at + 1, v)) {
		if ((at == values || at[-1] == '|') && (at[n] == '|' || at[n] == '\0'))
			return (n > 0);
	}
	return (0);
}
int
zfs_props_check(const nvlist_t *props, char *why, size_t size)
{
	for (const nvpair_t *p = props->first; p != NULL; p = p->next) {
		const char *values = NULL;
		unsigned long bytes;
		for (size_t i = 0; i < sizeof (table) / sizeof (table[0]); i++) {
			if (uu_streq(table[i].name, p->name))
				values = table[i].values;
		}
		if (values == NULL || p->type != NV_STRING) {
			snprintf(why, size, "invalid property '%s'", p->name);
			return (-1);
		}
		if (values[0] == '#' ? zfs_parse_size(p->v.text, &bytes) != 0 : values[0] != '*' && !listed(values, p->v.text)) {
			snprintf(why, size, "'%s' must be %s", p->name, values[0] == '#' ? "a size" : values);
			return (-1);
		}
	}
	return (0);
}
