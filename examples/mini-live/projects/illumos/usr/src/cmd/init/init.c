/* init: reads inittab, starts what it names, and then only buries the dead. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
static void
start(char *command)
{
	char *argv[16], *state;
	int n = 0;
	for (char *w = strtok_r(command, " ", &state); w != NULL && n < 15; w = strtok_r(NULL, " ", &state))
		argv[n++] = w;
	argv[n] = NULL;
	if (n > 0 && fork() == 0) {
		execve(argv[0], argv, environ);
		_exit(127);
	}
}
int
main(void)
{
	FILE *f = fopen("/etc/inittab", "r");
	char line[256];
	int status;
	while (f != NULL && fgets(line, sizeof (line), f) != NULL) {
		char *rest = line;
		line[strcspn(line, "\n")] = '\0';
		(void)strsep(&rest, ":");
		(void)strsep(&rest, ":");
		(void)strsep(&rest, ":");
		if (rest != NULL)
			start(rest);
	}
	if (f != NULL)
		fclose(f);
	for (;;) {
		if (waitpid(-1, &status, 0) < 0)
			sleep(1);
	}
}
