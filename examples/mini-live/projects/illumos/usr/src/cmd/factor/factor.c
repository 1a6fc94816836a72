/* factor: prime factors in order, by trial division. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		unsigned long n = strtoul(argv[i], NULL, 10), top;
		printf("%lu:", n);
		while (n > 1 && n % 2 == 0) {
			printf(" 2");
			n /= 2;
		}
		top = (unsigned long)sqrt((double)n) + 1;
		for (unsigned long p = 3; p <= top && n > 1; p += 2) {
			while (n % p == 0) {
				printf(" %lu", p);
				n /= p;
			}
		}
		printf(n > 1 ? " %lu\n" : "\n", n);
	}
	return (0);
}
