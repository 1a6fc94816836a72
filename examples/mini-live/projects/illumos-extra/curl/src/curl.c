/* curl: prints the request for each address; -I asks for the head alone. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "curlmini.h"
int
main(int argc, char **argv)
{
	const char *method = "GET";
	int c, bad = 0;
	while ((c = getopt(argc, argv, "I")) != -1) {
		if (c != 'I')
			return (2);
		method = "HEAD";
	}
	for (; optind < argc; optind++) {
		struct curl_url u;
		char text[1024];
		if (curl_url_parse(argv[optind], &u) != 0 || curl_request(&u, method, text, sizeof (text)) != 0) {
			fprintf(stderr, "curl: (3) %s: not an address\n", argv[optind]);
			bad = 3;
			continue;
		}
		fputs(text, stdout);
	}
	return (bad);
}
