/* memory: the hole for devices starts at 3.5 GiB. */
#include "kvm.h"
unsigned long
memory_below_4g(unsigned long mib)
{
	return (mib < 3584 ? mib : 3584);
}
