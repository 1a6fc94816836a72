/* poly: Horner's rule, highest coefficient last. */
#include "sunmath.h"
double
poly(double x, const double *c, int degree)
{
	double v = 0.0;
	for (int i = degree; i >= 0; i--)
		v = v * x + c[i];
	return (v);
}
