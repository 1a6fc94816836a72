/* exp, sinh, cosh: a power of two times a series of a small rest. */
#include <math.h>
double
exp(double x)
{
	int k;
	double r, term = 1, sum = 1;
	if (x != x)
		return (x);
	if (x > 709.8)
		return (HUGE_VAL);
	if (x < -745.2)
		return (0);
	k = (int)floor(x / M_LN2 + 0.5);
	r = x - k * 6.93147180369123816490e-01 - k * 1.90821492927058770002e-10;
	for (int i = 1; i < 18; i++) {
		term *= r / i;
		sum += term;
	}
	return (ldexp(sum, k));
}
double sinh(double x) { double e = exp(x); return ((e - 1 / e) / 2); }
double cosh(double x) { double e = exp(x); return ((e + 1 / e) / 2); }
