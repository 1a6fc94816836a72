/* digest: -a algorithm of each input; -l lists what there is. */
#include <md.h>
#include <stdio.h>
#include <unistd.h>
#include <libcmdutils.h>
static const struct md_algorithm *algorithm;
static int
digest(FILE *f, const char *name)
{
	uint8_t b[4096], out[64];
	md_t m;
	size_t n;
	algorithm->init(&m);
	while ((n = fread(b, 1, sizeof (b), f)) > 0)
		algorithm->update(&m, b, n);
	algorithm->final(&m, out);
	for (size_t i = 0; i < algorithm->size; i++)
		printf("%02x", out[i]);
	printf("  %s\n", name);
	return (ferror(f) != 0);
}
int
main(int argc, char **argv)
{
	int c;
	while ((c = getopt(argc, argv, "a:l")) != -1) {
		if (c == 'l') {
			for (int i = 0; md_nth(i) != NULL; i++)
				puts(md_nth(i)->name);
			return (0);
		}
		if (c != 'a')
			return (2);
		algorithm = md_find(optarg);
	}
	if (algorithm == NULL) {
		fprintf(stderr, "digest: -a is needed; -l lists the algorithms\n");
		return (2);
	}
	return (each_input(argc - optind, argv + optind, digest));
}
