/* test: the questions of a shell; also as "[", which wants its "]". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
static int
one(const char *op, const char *v)
{
	struct stat st;
	int there = stat(v, &st) == 0;
	switch (op[1]) {
	case 'e': return (there);
	case 'f': return (there && S_ISREG(st.st_mode));
	case 'd': return (there && S_ISDIR(st.st_mode));
	case 's': return (there && st.st_size > 0);
	case 'r': return (access(v, 4) == 0);
	case 'w': return (access(v, 2) == 0);
	case 'x': return (access(v, 1) == 0);
	case 't': return (isatty(atoi(v)));
	case 'n': return (*v != '\0');
	case 'z': return (*v == '\0');
	}
	return (-1);
}
static int
two(const char *a, const char *op, const char *b)
{
	static const char *const ops[] = { "-eq", "-ne", "-lt", "-le", "-gt", "-ge" };
	long x = atol(a), y = atol(b);
	int r[6] = { x == y, x != y, x < y, x <= y, x > y, x >= y };
	if (strcmp(op, "=") == 0)
		return (strcmp(a, b) == 0);
	if (strcmp(op, "!=") == 0)
		return (strcmp(a, b) != 0);
	for (int i = 0; i < 6; i++) {
		if (strcmp(op, ops[i]) == 0)
			return (r[i]);
	}
	return (-1);
}
int
main(int argc, char **argv)
{
	int not = 0, r;
	if (strcmp(getprogname(), "[") == 0) {
		if (strcmp(argv[argc - 1], "]") != 0) {
			fprintf(stderr, "[: ] is missing\n");
			return (2);
		}
		argc--;
	}
	argv++;
	argc--;
	if (argc > 0 && strcmp(argv[0], "!") == 0) {
		not = 1;
		argv++;
		argc--;
	}
	r = argc == 0 ? 0 : argc == 1 ? argv[0][0] != '\0' : argc == 2 && argv[0][0] == '-' ? one(argv[0], argv[1]) : argc == 3 ? two(argv[0], argv[1], argv[2]) : -1;
	if (r < 0) {
		fprintf(stderr, "test: not a question\n");
		return (2);
	}
	return (r == not);
}
