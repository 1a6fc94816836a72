/* getprogname: the last part of argv[0], kept by the startup code. */
#include <stdlib.h>
#include <string.h>
const char *__progname = "";
const char *
getprogname(void)
{
	const char *slash = strrchr(__progname, '/');
	return (slash == NULL ? __progname : slash + 1);
}
