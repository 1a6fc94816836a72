/* labs, ldiv: C's truncating division. */
#include <stdlib.h>
long
labs(long v)
{
	return (v < 0 ? -v : v);
}
ldiv_t
ldiv(long a, long b)
{
	ldiv_t r = { a / b, a % b };
	return (r);
}
