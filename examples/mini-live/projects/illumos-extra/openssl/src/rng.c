/* rng: bytes come from the kernel or not at all. */
#include <stdio.h>
#include "minicrypto.h"
int
mc_random(mc_u8 *to, size_t n)
{
	FILE *f = fopen("/dev/urandom", "r");
	size_t got;
	if (f == NULL)
		return (-1);
	got = fread(to, 1, n, f);
	fclose(f);
	return (got == n ? 0 : -1);
}
