/* tr: bytes of the first set become those of the second; -d removes them. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
static int
expand(const char *s, unsigned char *to)
{
	int n = 0;
	while (*s != '\0' && n < 255) {
		if (s[1] == '-' && s[2] != '\0') {
			for (int c = (unsigned char)s[0]; c <= (unsigned char)s[2] && n < 255; c++)
				to[n++] = (unsigned char)c;
			s += 3;
		} else if (*s == '\\' && s[1] != '\0') {
			to[n++] = s[1] == 'n' ? '\n' : s[1] == 't' ? '\t' : (unsigned char)s[1];
			s += 2;
		} else {
			to[n++] = (unsigned char)*s++;
		}
	}
	return (n);
}
int
main(int argc, char **argv)
{
	unsigned char from[256], to[256];
	int map[256], n, m = 0, c, delete = 0;
	while ((c = getopt(argc, argv, "d")) != -1) {
		if (c != 'd')
			return (2);
		delete = 1;
	}
	if (argc - optind != (delete ? 1 : 2)) {
		fprintf(stderr, "usage: tr [-d] set [set]\n");
		return (2);
	}
	n = expand(argv[optind], from);
	if (!delete)
		m = expand(argv[optind + 1], to);
	for (int i = 0; i < 256; i++)
		map[i] = i;
	for (int i = 0; i < n; i++)
		map[from[i]] = delete || m == 0 ? -1 : to[i < m ? i : m - 1];
	while ((c = getchar()) != EOF) {
		if (map[c] >= 0)
			putchar(map[c]);
	}
	return (0);
}
