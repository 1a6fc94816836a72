/* dump: one line a name, inner lists indented. */
#include "libnvpair.h"
static void
dump(const nvlist_t *l, FILE *f, int depth)
{
	for (const nvpair_t *p = l->first; p != NULL; p = p->next) {
		fprintf(f, "%*s%s: ", depth * 4, "", p->name);
		switch (p->type) {
		case NV_BOOLEAN: fprintf(f, "%s\n", p->v.number ? "true" : "false"); break;
		case NV_INT64: fprintf(f, "%ld\n", p->v.number); break;
		case NV_STRING: fprintf(f, "'%s'\n", p->v.text); break;
		case NV_NVLIST:
			fputc('\n', f);
			dump(p->v.list, f, depth + 1);
			break;
		}
	}
}
void
nvlist_dump(const nvlist_t *l, FILE *f)
{
	dump(l, f, 0);
}
