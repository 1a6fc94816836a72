/* sleep: whole seconds; several are added. */
#include <libuutil.h>
#include <unistd.h>
int
main(int argc, char **argv)
{
	long total = 0;
	for (int i = 1; i < argc; i++) {
		long v;
		if (uu_strtoint(argv[i], &v, 0, 1000000) != 0)
			uu_die("%s is not a number of seconds", argv[i]);
		total += v;
	}
	return ((int)sleep((unsigned int)total));
}
