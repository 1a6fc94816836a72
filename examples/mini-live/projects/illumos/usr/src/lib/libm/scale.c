/* frexp, ldexp, fmod: by the bits of the number, without rounding. */
#include <math.h>
#include <stdint.h>
double
frexp(double x, int *e)
{
	union { double d; uint64_t u; } v = { x };
	int k = (int)(v.u >> 52 & 0x7ff);
	*e = 0;
	if (k == 0x7ff || x == 0)
		return (x);
	if (k == 0) {
		x = frexp(x * 18014398509481984.0, e);
		*e -= 54;
		return (x);
	}
	*e = k - 1022;
	v.u = (v.u & ~(0x7ffUL << 52)) | 1022UL << 52;
	return (v.d);
}
double
ldexp(double x, int e)
{
	union { uint64_t u; double d; } p;
	for (; e > 1000; e -= 1000)
		x *= 1.0715086071862673e301;
	for (; e < -1000; e += 1000)
		x *= 9.332636185032189e-302;
	p.u = (uint64_t)(e + 1023) << 52;
	return (x * p.d);
}
double
fmod(double x, double y)
{
	double a = fabs(x), b = fabs(y);
	int ea, eb;
	if (b == 0 || a != a || b != b)
		return (NAN);
	(void)frexp(b, &eb);
	while (a >= b) {
		double t;
		(void)frexp(a, &ea);
		t = ldexp(b, ea - eb);
		if (t > a)
			t = ldexp(b, ea - eb - 1);
		a -= t;
	}
	return (x < 0 ? -a : a);
}
