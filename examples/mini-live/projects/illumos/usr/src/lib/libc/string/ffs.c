/* ffs, fls: position of the lowest and highest set bit, counted from one. */
#include <strings.h>
int
ffs(int v)
{
	return (v == 0 ? 0 : __builtin_ctz((unsigned int)v) + 1);
}
int
fls(int v)
{
	return (v == 0 ? 0 : 32 - __builtin_clz((unsigned int)v));
}
