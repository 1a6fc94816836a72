/* pwgen LENGTH: one password on stdout, each letter drawn evenly from the kernel's random bytes;
   letters that look alike are left out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int
main(int argc, char **argv)
{
	static const char set[] = "abcdefghijkmnpqrstuvwxyzACDEFHJKLMNPQRTUVWXY34679";
	const int n = (int)sizeof (set) - 1;
	int length = argc == 2 ? atoi(argv[1]) : 16, c;
	FILE *f = fopen("/dev/urandom", "rb");
	if (f == NULL || length < 8 || length > 128) {
		fprintf(stderr, "pwgen: %s\n", f == NULL ? "no /dev/urandom" : "length must be 8 to 128");
		return (1);
	}
	while (length > 0 && (c = getc(f)) != EOF) {
		if (c < 256 / n * n) {
			putchar(set[c % n]);
			length--;
		}
	}
	putchar('\n');
	return (length == 0 ? 0 : 1);
}
