/* rand: a 64-bit congruential generator; the same seed gives the same numbers everywhere. */
#include <stdlib.h>
static unsigned long state = 1;
void
srand(unsigned int seed)
{
	state = seed;
}
int
rand(void)
{
	state = state * 6364136223846793005UL + 1442695040888963407UL;
	return ((int)(state >> 33));
}
