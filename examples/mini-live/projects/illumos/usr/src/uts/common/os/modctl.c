/* modctl: installed modules in one list; a name is installed once. */
#include <sys/modctl.h>
#include <sys/cmn_err.h>
#define MAXMODS 128
static const struct modldrv *mods[MAXMODS];
static int
same(const char *a, const char *b)
{
	while (*a != '\0' && *a == *b)
		a++, b++;
	return (*a == *b);
}
const struct modldrv *
mod_find(const char *name)
{
	for (int i = 0; i < MAXMODS; i++) {
		if (mods[i] != NULL && same(mods[i]->name, name))
			return (mods[i]);
	}
	return (NULL);
}
int
mod_install(const struct modldrv *m)
{
	if (mod_find(m->name) != NULL) {
		cmn_err(CE_WARN, "module %s is installed already", m->name);
		return (DDI_FAILURE);
	}
	for (int i = 0; i < MAXMODS; i++) {
		if (mods[i] == NULL) {
			mods[i] = m;
			return (DDI_SUCCESS);
		}
	}
	return (DDI_FAILURE);
}
int
mod_remove(const char *name)
{
	for (int i = 0; i < MAXMODS; i++) {
		if (mods[i] != NULL && same(mods[i]->name, name)) {
			mods[i] = NULL;
			return (DDI_SUCCESS);
		}
	}
	return (DDI_FAILURE);
}
int
mod_count(void)
{
	int n = 0;
	for (int i = 0; i < MAXMODS; i++)
		n += mods[i] != NULL;
	return (n);
}
