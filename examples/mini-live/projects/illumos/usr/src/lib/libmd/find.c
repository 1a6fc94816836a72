/* find: the algorithms by name or by number, in one fixed order. */
#include <strings.h>
#include "md.h"
static const struct md_algorithm *const all[] = { &md_md5, &md_sha256, &md_crc32, &md_fletcher4 };
const struct md_algorithm *
md_nth(int i)
{
	return (i >= 0 && i < (int)(sizeof (all) / sizeof (all[0])) ? all[i] : NULL);
}
const struct md_algorithm *
md_find(const char *name)
{
	for (size_t i = 0; i < sizeof (all) / sizeof (all[0]); i++) {
		if (strcasecmp(all[i]->name, name) == 0)
			return (all[i]);
	}
	return (NULL);
}
