/* zdump: the changes of a time zone, as the zone files hold them. */
#include <stdio.h>
#include <time.h>
static unsigned long
number(FILE *f, int n)
{
	unsigned long v = 0;
	while (n-- > 0)
		v = v << 8 | (unsigned long)(getc(f) & 255);
	return (v);
}
int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		char path[256], when[32];
		FILE *f;
		unsigned long n;
		snprintf(path, sizeof (path), "/usr/share/lib/zoneinfo/%s", argv[i]);
		f = fopen(path, "r");
		if (f == NULL || number(f, 4) != 0x545a6d31) {
			fprintf(stderr, "zdump: no zone %s\n", argv[i]);
			return (1);
		}
		for (n = number(f, 4); n > 0; n--) {
			time_t until = (time_t)number(f, 8);
			int offset = (int)number(f, 4), c;
			struct tm tm;
			strftime(when, sizeof (when), "%F %T", gmtime_r(&until, &tm));
			printf("%s until %s offset %d ", argv[i], n == 1 ? "ever" : when, offset);
			while ((c = getc(f)) > 0)
				putchar(c);
			putchar('\n');
		}
		fclose(f);
	}
	return (0);
}
