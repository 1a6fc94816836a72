/* subcommand: tools with verbs are tables; the table is the only truth about verbs, operands and help. */
#include <string.h>
#include <stdlib.h>
#include "libcmdutils.h"
static int
usage(const char *prog, const struct subcommand *t, size_t n)
{
	fprintf(stderr, "usage: %s subcommand args ...\n", prog);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "\t%-12s %-32s %s\n", t[i].name, t[i].operands, t[i].summary);
	return (2);
}
static int
request(const char *prog, const struct subcommand *c, int n, char **operands)
{
	char path[128];
	FILE *f;
	snprintf(path, sizeof (path), "/dev/%s", c->action);
	f = fopen(path, "a");
	if (f == NULL) {
		fprintf(stderr, "%s: cannot %s: %s is not there\n", prog, c->name, path);
		return (1);
	}
	fputs(c->name, f);
	for (int i = 0; i < n; i++)
		fprintf(f, " %s", operands[i]);
	fputc('\n', f);
	return (fclose(f) == 0 ? 0 : 1);
}
int
subcommand_main(int argc, char **argv, const struct subcommand *t, size_t n, const struct property *props, size_t np)
{
	const char *prog = getprogname();
	if (argc < 2)
		return (usage(prog, t, n));
	for (size_t i = 0; i < n; i++) {
		int operands = argc - 2;
		if (strcmp(argv[1], t[i].name) != 0)
			continue;
		if (operands < t[i].least || (t[i].most >= 0 && operands > t[i].most)) {
			fprintf(stderr, "usage: %s %s %s\n", prog, t[i].name, t[i].operands);
			return (2);
		}
		for (int k = 2; k < argc; k++) {
			char *equal = strchr(argv[k], '=');
			if (equal == NULL || np == 0)
				continue;
			*equal = '\0';
			if (property_check(props, np, argv[k], equal + 1) != 0)
				return (2);
			*equal = '=';
		}
		return (request(prog, &t[i], operands, argv + 2));
	}
	fprintf(stderr, "%s: unrecognized command '%s'\n", prog, argv[1]);
	return (usage(prog, t, n));
}
