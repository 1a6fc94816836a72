/* confirm: only a line that begins with y is a yes. */
#include "libcmdutils.h"
int
confirm(const char *what)
{
	char line[64];
	fprintf(stderr, "%s? ", what);
	return (fgets(line, sizeof (line), stdin) != NULL && (line[0] == 'y' || line[0] == 'Y'));
}
