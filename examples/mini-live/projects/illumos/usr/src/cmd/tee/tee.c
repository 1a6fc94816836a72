/* tee: its input to standard output and to every file named; -a appends. */
#include <stdio.h>
#include <unistd.h>
int
main(int argc, char **argv)
{
	FILE *out[16];
	const char *mode = "w";
	int n = 0, c, bad = 0;
	while ((c = getopt(argc, argv, "a")) != -1) {
		if (c != 'a')
			return (2);
		mode = "a";
	}
	for (; optind < argc && n < 16; optind++) {
		out[n] = fopen(argv[optind], mode);
		if (out[n] == NULL) {
			perror(argv[optind]);
			bad = 1;
		} else {
			n++;
		}
	}
	while ((c = getchar()) != EOF) {
		putchar(c);
		for (int i = 0; i < n; i++)
			bad |= putc(c, out[i]) == EOF;
	}
	for (int i = 0; i < n; i++)
		bad |= fclose(out[i]) != 0;
	return (bad);
}
