/* date: now in UTC, in the form that +format asks for. */
#include <stdio.h>
#include <time.h>
int
main(int argc, char **argv)
{
	time_t now = time(NULL);
	struct tm tm;
	char text[256];
	const char *fmt = argc > 1 && argv[1][0] == '+' ? argv[1] + 1 : "%a %b %e %H:%M:%S UTC %Y";
	if (strftime(text, sizeof (text), fmt, gmtime_r(&now, &tm)) == 0)
		return (1);
	puts(text);
	return (0);
}
