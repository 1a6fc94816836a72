/* wc: lines, words and bytes of each input, and of all together. */
#include <ctype.h>
#include <stdio.h>
#include <libcmdutils.h>
static unsigned long total[3];
static int inputs;
static int
count(FILE *f, const char *name)
{
	unsigned long n[3] = { 0 };
	int c, inside = 0;
	while ((c = getc(f)) != EOF) {
		n[0] += c == '\n';
		n[2]++;
		if (isspace(c)) {
			inside = 0;
		} else if (!inside) {
			inside = 1;
			n[1]++;
		}
	}
	printf("%7lu %7lu %7lu %s\n", n[0], n[1], n[2], name);
	for (int i = 0; i < 3; i++)
		total[i] += n[i];
	inputs++;
	return (ferror(f) != 0);
}
int
main(int argc, char **argv)
{
	int r = each_input(argc - 1, argv + 1, count);
	if (inputs > 1)
		printf("%7lu %7lu %7lu total\n", total[0], total[1], total[2]);
	return (r);
}
