/* sqrt, cbrt, hypot: Newton's method from a guess made of the exponent. */
#include <math.h>
double
sqrt(double x)
{
	int e;
	double m, r;
	if (x <= 0 || x != x)
		return (x == 0 ? x : NAN);
	m = frexp(x, &e);
	if (e & 1) {
		m *= 2;
		e--;
	}
	r = 0.5 * (1.0 + m);
	for (int i = 0; i < 6; i++)
		r = 0.5 * (r + m / r);
	return (ldexp(r, e / 2));
}
double
cbrt(double x)
{
	double a = fabs(x), r = a < 1 ? 1 : a;
	int e;
	if (x == 0 || x != x)
		return (x);
	(void)frexp(a, &e);
	r = ldexp(1.0, e / 3);
	for (int i = 0; i < 12; i++)
		r = (2 * r + a / (r * r)) / 3;
	return (x < 0 ? -r : r);
}
double
hypot(double x, double y)
{
	double a = fabs(x), b = fabs(y), t;
	if (a < b) {
		t = a;
		a = b;
		b = t;
	}
	if (a == 0)
		return (0);
	t = b / a;
	return (a * sqrt(1 + t * t));
}
