/* svcs: states of the services that fit a pattern, from the list that the restarter keeps. */
#include <libscf.h>
#include <stdio.h>
#include <string.h>
int
main(int argc, char **argv)
{
	FILE *f = fopen("/etc/svc/volatile/states", "r");
	char line[256];
	int shown = 0;
	if (f == NULL) {
		fprintf(stderr, "svcs: the restarter does not run\n");
		return (1);
	}
	printf("%-14s %s\n", "STATE", "FMRI");
	while (fgets(line, sizeof (line), f) != NULL) {
		char *rest = line, *state = strsep(&rest, " "), *name = strsep(&rest, "\n");
		struct scf_fmri fmri;
		int want = argc < 2;
		if (name == NULL || scf_parse_fmri(name, &fmri) != 0 || scf_state_from(state) == SCF_STATES)
			continue;
		for (int i = 1; i < argc; i++)
			want |= scf_match(&fmri, argv[i]);
		if (want) {
			printf("%-14s svc:/%s:%s\n", state, fmri.service, fmri.instance);
			shown++;
		}
	}
	fclose(f);
	return (shown == 0 && argc > 1);
}
