/* floor, ceil, fabs: exact for every double; beyond 2^52 a double is whole already. */
#include <math.h>
double fabs(double x) { return (x < 0 ? -x : x); }
double
floor(double x)
{
	long v;
	if (fabs(x) >= 4503599627370496.0 || x != x)
		return (x);
	v = (long)x;
	return ((double)(v - ((double)v > x)));
}
double ceil(double x) { return (-floor(-x)); }
