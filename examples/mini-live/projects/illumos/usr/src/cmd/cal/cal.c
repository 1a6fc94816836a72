/* cal: one month, weeks from Sunday. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
int
main(int argc, char **argv)
{
	time_t now = time(NULL);
	struct tm tm;
	char title[64];
	int month, at;
	gmtime_r(&now, &tm);
	if (argc == 3) {
		tm.tm_mon = atoi(argv[1]) - 1;
		tm.tm_year = atoi(argv[2]) - 1900;
	}
	if (tm.tm_mon < 0 || tm.tm_mon > 11)
		return (2);
	tm.tm_mday = 1;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	now = timegm(&tm);
	gmtime_r(&now, &tm);
	strftime(title, sizeof (title), "   %b %Y\n Su Mo Tu We Th Fr Sa", &tm);
	puts(title);
	month = tm.tm_mon;
	for (at = 0; at < tm.tm_wday; at++)
		fputs("   ", stdout);
	for (; tm.tm_mon == month; at++) {
		printf("%3d%s", tm.tm_mday, at % 7 == 6 ? "\n" : "");
		now += 86400;
		gmtime_r(&now, &tm);
	}
	putchar('\n');
	return (0);
}
