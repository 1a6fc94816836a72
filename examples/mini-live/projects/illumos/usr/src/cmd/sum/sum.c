/* sum: the checksum of sixteen bits of each input, and its blocks of 512 bytes. */
#include <stdio.h>
#include <libcmdutils.h>
static int
sum(FILE *f, const char *name)
{
	unsigned int v = 0;
	unsigned long n = 0;
	int c;
	while ((c = getc(f)) != EOF) {
		v += (unsigned int)c;
		n++;
	}
	v = (v & 0xffff) + (v >> 16);
	printf("%u %lu %s\n", (v & 0xffff) + (v >> 16), (n + 511) / 512, name);
	return (ferror(f) != 0);
}
int
main(int argc, char **argv)
{
	return (each_input(argc - 1, argv + 1, sum));
}
