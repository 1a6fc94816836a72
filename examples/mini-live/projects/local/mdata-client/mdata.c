/* mdata: the verb is in the program's name: mdata-get, -put, -list or -delete. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libnvpair.h>
#include "mdata.h"
int
main(int argc, char **argv)
{
	const char *dash = strrchr(getprogname(), '-');
	char verb[16] = "GET", frame[1024], answer[1024], text[1024];
	if (dash != NULL && strcmp(dash, "-get") != 0) {
		strlcpy(verb, dash + 1, sizeof (verb));
		for (char *p = verb; *p != '\0'; p++)
			*p = (char)(*p - 'a' + 'A');
	}
	if (argc < 2 && strcmp(verb, "LIST") != 0) {
		fprintf(stderr, "usage: %s key [value]\n", getprogname());
		return (3);
	}
	if (frame_make(frame, sizeof (frame), verb, argc > 1 ? argv[1] : NULL, argc > 2 ? argv[2] : NULL) != 0 ||
	    plat_ask(frame, answer, sizeof (answer)) != 0 || frame_read(answer, text, sizeof (text)) != 0) {
		fprintf(stderr, "%s: no metadata from the host\n", getprogname());
		return (2);
	}
	if (strcmp(verb, "LIST") == 0) {
		nvlist_t *keys = nvlist_alloc();
		char *rest = text, *key;
		while ((key = strsep(&rest, "\n")) != NULL)
			nvlist_add_boolean(keys, key, 1);
		nvlist_dump(keys, stdout);
		nvlist_free(keys);
	} else {
		puts(text);
	}
	return (0);
}
