/* log, log10, pow: log by the series of atanh on [sqrt(1/2), sqrt(2)). */
#include <math.h>
double
log(double x)
{
	int e;
	double m, z, z2, p, sum = 0;
	if (x <= 0 || x != x)
		return (x == 0 ? -HUGE_VAL : NAN);
	m = frexp(x, &e);
	if (m < 0.70710678118654752) {
		m *= 2;
		e--;
	}
	z = (m - 1) / (m + 1);
	z2 = z * z;
	p = z;
	for (int i = 1; i < 40; i += 2, p *= z2)
		sum += p / i;
	return (2 * sum + e * M_LN2);
}
double log10(double x) { return (log(x) / 2.30258509299404568402); }
double
pow(double x, double y)
{
	double whole = floor(y);
	if (y == 0)
		return (1);
	if (whole == y && fabs(y) < 1024) {
		double r = 1, b = x;
		for (long n = (long)fabs(y); n > 0; n >>= 1, b *= b) {
			if (n & 1)
				r *= b;
		}
		return (y < 0 ? 1 / r : r);
	}
	return (x < 0 ? NAN : x == 0 ? 0 : exp(y * log(x)));
}
