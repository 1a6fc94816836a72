/* idn: prints each argument as a resolver would ask for it. */
#include <stdio.h>
#include "idnmini.h"
int
main(int argc, char **argv)
{
	int bad = 0;
	for (int i = 1; i < argc; i++) {
		char out[256];
		if (idn_to_ascii(argv[i], out, sizeof (out)) < 0) {
			fprintf(stderr, "idn: %s: not a host name\n", argv[i]);
			bad = 1;
		} else {
			puts(out);
		}
	}
	return (bad);
}
