/* sync: what is only in memory goes to disk. */
#include <unistd.h>
int
main(void)
{
	sync();
	return (0);
}
