/* zonec: reads "until offset abbreviation" lines and writes the transition table of one zone; the
   output depends on the input alone: a magic word, a count, then big-endian records. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static void
put(FILE *f, unsigned long v, int bytes)
{
	while (bytes-- > 0)
		fputc((int)(v >> (8 * bytes) & 0xff), f);
}
int
main(int argc, char **argv)
{
	struct { long until, offset; char name[8]; } rec[256];
	char line[256];
	unsigned long n = 0;
	FILE *in, *out;
	if (argc != 3 || (in = fopen(argv[1], "r")) == NULL) {
		fprintf(stderr, "usage: zonec source target\n");
		return (2);
	}
	while (fgets(line, sizeof (line), in) != NULL) {
		if (line[0] == '#' || line[0] == '\n')
			continue;
		if (n == 256 || sscanf(line, "%ld %ld %7s", &rec[n].until, &rec[n].offset, rec[n].name) != 3) {
			fprintf(stderr, "zonec: %s: bad line: %s", argv[1], line);
			return (1);
		}
		n++;
	}
	fclose(in);
	if ((out = fopen(argv[2], "w")) == NULL) {
		perror(argv[2]);
		return (1);
	}
	fwrite("TZm1", 1, 4, out);
	put(out, n, 4);
	for (unsigned long i = 0; i < n; i++) {
		put(out, (unsigned long)rec[i].until, 8);
		put(out, (unsigned long)rec[i].offset, 4);
		fwrite(rec[i].name, 1, strlen(rec[i].name) + 1, out);
	}
	return (fclose(out) == 0 ? 0 : 1);
}
