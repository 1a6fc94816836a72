/* ctfsum: prints name, size and a 32-bit checksum of each file named, one a line, in the order given. */
#include <stdio.h>
int
main(int argc, char **argv)
{
	int bad = 0;
	for (int i = 1; i < argc; i++) {
		unsigned long size = 0, sum = 1, high = 0;
		FILE *f = fopen(argv[i], "rb");
		int c;
		if (f == NULL) {
			perror(argv[i]);
			bad = 1;
			continue;
		}
		while ((c = getc(f)) != EOF) {
			sum = (sum + (unsigned long)c) % 65521;
			high = (high + sum) % 65521;
			size++;
		}
		fclose(f);
		printf("%s %lu %08lx\n", argv[i], size, high << 16 | sum);
	}
	return (bad);
}
