/* zutil: the version as the program prints it. */
#include "zmini.h"
const char *
zmini_version(void)
{
	return ("1.2.3-mini");
}
