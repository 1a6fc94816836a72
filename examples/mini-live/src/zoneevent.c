/* zoneevent: each change of a zone's state as one line of JSON. */
#include <stdio.h>
#include <string.h>
static const char *const states[] = { "uninitialized", "initialized", "ready", "booting", "running", "shutting_down", "empty", "down", "dying", "dead" };
static int
known(const char *s)
{
	for (size_t i = 0; i < sizeof (states) / sizeof (states[0]); i++) {
		if (strcmp(states[i], s) == 0)
			return (1);
	}
	return (0);
}
int
main(void)
{
	char line[256];
	FILE *f = fopen("/dev/zoneevents", "r");
	if (f == NULL) {
		perror("/dev/zoneevents");
		return (1);
	}
	while (fgets(line, sizeof (line), f) != NULL) {
		char *rest = line, *when, *zone, *from, *to;
		line[strcspn(line, "\n")] = '\0';
		when = strsep(&rest, " ");
		zone = strsep(&rest, " ");
		from = strsep(&rest, " ");
		to = strsep(&rest, " ");
		if (to == NULL || !known(from) || !known(to))
			continue;
		printf("{\"date\":\"%s\",\"zonename\":\"%s\",\"oldstate\":\"%s\",\"newstate\":\"%s\"}\n", when, zone, from, to);
		fflush(stdout);
	}
	fclose(f);
	return (0);
}
