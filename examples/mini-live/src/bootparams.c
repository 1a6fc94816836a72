/* bootparams: the kernel's command line as NAME=value lines, quoted for a shell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static void
show(const char *name, size_t n, const char *value)
{
	for (size_t i = 0; i < n; i++)
		putchar(name[i] == '-' || name[i] == '.' ? '_' : name[i]);
	fputs("='", stdout);
	for (; *value != '\0'; value++) {
		if (*value == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*value);
	}
	puts("'");
}
int
main(void)
{
	const char *line = getenv("BOOTARGS");
	char *copy, *rest, *word;
	FILE *f = fopen("/dev/bootargs", "r");
	char buffer[2048];
	if (f != NULL) {
		if (fgets(buffer, sizeof (buffer), f) != NULL)
			line = buffer;
		fclose(f);
	}
	if (line == NULL) {
		fprintf(stderr, "bootparams: the kernel gave no arguments\n");
		return (1);
	}
	copy = rest = strdup(line);
	while (copy != NULL && (word = strsep(&rest, " ,\n")) != NULL) {
		size_t n = strcspn(word, "=");
		if (n > 0)
			show(word, n, word[n] == '=' ? word + n + 1 : "true");
	}
	free(copy);
	return (0);
}
