/* perror: the text of errno after a prefix. */
#include <stdio.h>
#include <string.h>
#include <errno.h>
void
perror(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
}
