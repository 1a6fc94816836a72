/* bzip2: packs standard input to standard output, or unpacks it with -d or as bunzip2 or bzcat. */
#include <stdio.h>
#include <string.h>
#include "bzmini.h"
static unsigned char plain[BZ_BLOCK], coded[2 * BZ_BLOCK + 16];
static int
pack(void)
{
	size_t n;
	fputs("BZm1", stdout);
	while ((n = fread(plain, 1, sizeof (plain), stdin)) > 0) {
		size_t m = bz_pack_block(coded, plain, (unsigned int)n);
		putchar((int)(m >> 8));
		putchar((int)(m & 255));
		fwrite(coded, 1, m, stdout);
	}
	return (0);
}
static int
unpack(void)
{
	int high;
	if (fread(coded, 1, 4, stdin) != 4 || memcmp(coded, "BZm1", 4) != 0) {
		fprintf(stderr, "bzip2: input was not packed by this program\n");
		return (2);
	}
	while ((high = getchar()) != EOF) {
		size_t m = (size_t)high << 8 | (unsigned char)getchar();
		long n;
		if (m > sizeof (coded) || fread(coded, 1, m, stdin) != m || (n = bz_unpack_block(plain, coded, m)) < 0) {
			fprintf(stderr, "bzip2: input is damaged\n");
			return (2);
		}
		fwrite(plain, 1, (size_t)n, stdout);
	}
	return (0);
}
int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	name = name == NULL ? argv[0] : name + 1;
	return (argc > 1 && strcmp(argv[1], "-d") == 0) || strncmp(name, "bun", 3) == 0 || strcmp(name, "bzcat") == 0 ? unpack() : pack();
}
