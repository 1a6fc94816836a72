/* less: one screen at a time; commands are read a line each from standard input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "less.h"
#define ROWS 23
int
main(int argc, char **argv)
{
	struct text t;
	char command[128];
	size_t top = 0;
	if (argc != 2 || text_load(&t, argv[1]) != 0) {
		fprintf(stderr, "usage: less file\n");
		return (1);
	}
	for (;;) {
		long found = -1;
		text_show(&t, top, ROWS, 80);
		prompt_line(&t, argv[1], top, ROWS);
		if (fgets(command, sizeof (command), stdin) == NULL || command[0] == 'q')
			return (0);
		command[strcspn(command, "\n")] = '\0';
		switch (command[0]) {
		case 'b': top = top > ROWS ? top - ROWS : 0; break;
		case 'g': top = 0; break;
		case 'G': top = t.lines > ROWS ? t.lines - ROWS : 0; break;
		case '/': found = text_search(&t, command + 1, top + 1, 1); break;
		case '?': found = text_search(&t, command + 1, top > 0 ? top - 1 : 0, -1); break;
		default: top += top + ROWS < t.lines ? ROWS : 0; break;
		}
		if (found >= 0)
			top = (size_t)found;
	}
}
