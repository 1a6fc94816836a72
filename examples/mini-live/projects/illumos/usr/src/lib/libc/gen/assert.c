/* __assert_fail: names the place and aborts. */
#include <stdio.h>
#include <stdlib.h>
void __assert_fail(const char *, const char *, int);
void
__assert_fail(const char *what, const char *file, int line)
{
	fprintf(stderr, "Assertion failed: %s, file %s, line %d\n", what, file, line);
	abort();
}
