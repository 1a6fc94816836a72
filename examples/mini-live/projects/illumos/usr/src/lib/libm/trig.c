/* sin, cos, tan: the argument is brought to [-pi/4, pi/4] with pi/2 in two parts. */
#include <math.h>
static double
series(double x, int cosine)
{
	double x2 = x * x, term = cosine ? 1 : x, sum = term;
	for (int i = cosine ? 1 : 2; i < 24; i += 2) {
		term *= -x2 / (i * (i + 1));
		sum += term;
	}
	return (sum);
}
static double
wave(double x, int shift)
{
	long k;
	double r, v;
	if (x != x || fabs(x) > 1e15)
		return (NAN);
	k = (long)floor(x / M_PI_2 + 0.5);
	r = (x - (double)k * 1.57079632673412561417e+00) - (double)k * 6.07710050650619224932e-11;
	k += shift;
	v = series(r, k & 1);
	return (k & 2 ? -v : v);
}
double sin(double x) { return (wave(x, 0)); }
double cos(double x) { return (wave(x, 1)); }
double tan(double x) { return (sin(x) / cos(x)); }
