/* seq: numbers from first to last by step. */
#include <stdio.h>
#include <stdlib.h>
int
main(int argc, char **argv)
{
	double first = 1, step = 1, last;
	if (argc < 2 || argc > 4) {
		fprintf(stderr, "usage: seq [first [step]] last\n");
		return (2);
	}
	last = strtod(argv[argc - 1], NULL);
	if (argc > 2)
		first = strtod(argv[1], NULL);
	if (argc > 3)
		step = strtod(argv[2], NULL);
	if (step == 0)
		return (2);
	for (double v = first; step > 0 ? v <= last : v >= last; v += step) {
		if (v == (double)(long)v)
			printf("%ld\n", (long)v);
		else
			printf("%.3f\n", v);
	}
	return (0);
}
