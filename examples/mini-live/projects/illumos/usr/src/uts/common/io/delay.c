/* delay: counts, since there is no clock before the platform has found one. */
#include <sys/ddi.h>
volatile unsigned long loops_per_usec = 100;
void
drv_usecwait(unsigned int n)
{
	for (unsigned long i = n * loops_per_usec; i > 0; i--)
		__asm__ volatile("" ::: "memory");
}
