/* atan, atan2: two halvings of the angle, then the series. */
#include <math.h>
double
atan(double x)
{
	double a = fabs(x), inv = 0, sum = 0, p, a2;
	if (x != x)
		return (x);
	if (a > 1) {
		inv = 1;
		a = 1 / a;
	}
	a = a / (1 + sqrt(1 + a * a));
	a = a / (1 + sqrt(1 + a * a));
	a2 = a * a;
	p = a;
	for (int i = 1; i < 32; i += 2, p *= -a2)
		sum += p / i;
	sum *= 4;
	if (inv != 0)
		sum = M_PI_2 - sum;
	return (x < 0 ? -sum : sum);
}
double
atan2(double y, double x)
{
	if (x > 0)
		return (atan(y / x));
	if (x < 0)
		return (y < 0 ? atan(y / x) - M_PI : atan(y / x) + M_PI);
	return (y > 0 ? M_PI_2 : y < 0 ? -M_PI_2 : 0);
}
