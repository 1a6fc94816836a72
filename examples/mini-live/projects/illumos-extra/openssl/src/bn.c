/* bn: modular arithmetic on 32 bits, for tests of the interface only. */
#include "minicrypto.h"
mc_u32
mc_powmod(mc_u32 base, mc_u32 exponent, mc_u32 m)
{
	unsigned long r = 1, b = base % m;
	for (; exponent > 0; exponent >>= 1) {
		if (exponent & 1)
			r = r * b % m;
		b = b * b % m;
	}
	return ((mc_u32)(r % m));
}
int
mc_is_prime(mc_u32 n)
{
	/* These three bases decide every number of 32 bits. */
	static const mc_u32 bases[] = { 2, 7, 61 };
	mc_u32 d = n - 1;
	int s = 0;
	if (n < 2 || (n > 2 && n % 2 == 0))
		return (0);
	for (; d > 0 && d % 2 == 0; d /= 2)
		s++;
	for (int i = 0; i < 3; i++) {
		unsigned long x;
		int ok;
		if (n == bases[i] || n == 2)
			return (1);
		x = mc_powmod(bases[i], d, n);
		ok = x == 1 || x == n - 1;
		for (int r = 1; r < s && !ok; r++) {
			x = x * x % n;
			ok = x == n - 1;
		}
		if (!ok)
			return (0);
	}
	return (1);
}
