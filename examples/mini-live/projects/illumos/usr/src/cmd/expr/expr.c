/* expr: + - * / % = < > | & : and brackets, with C's precedence; zero or nothing is failure. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libuutil.h>
static char **at;
static int level(int);
struct rank { const char *op; int rank; };
static const struct rank ranks[] = { { "|", 1 }, { "&", 2 }, { "=", 3 }, { "<", 3 }, { ">", 3 }, { "+", 4 }, { "-", 4 }, { "*", 5 }, { "/", 5 }, { "%", 5 } };
static long value;
static int
primary(void)
{
	if (*at == NULL)
		uu_die("an operand is missing");
	if (strcmp(*at, "(") == 0) {
		at++;
		level(1);
		if (*at == NULL || strcmp(*at, ")") != 0)
			uu_die(") is missing");
		at++;
		return (0);
	}
	if (uu_strtoint(*at, &value, -1000000000000L, 1000000000000L) != 0)
		uu_die("%s is not a number", *at);
	at++;
	return (0);
}
static int
rank(const char *op)
{
	for (size_t i = 0; i < sizeof (ranks) / sizeof (ranks[0]); i++) {
		if (op != NULL && strcmp(op, ranks[i].op) == 0)
			return (ranks[i].rank);
	}
	return (0);
}
static int
level(int least)
{
	int r;
	primary();
	while ((r = rank(*at)) >= least && r > 0) {
		char op = (*at++)[0];
		long left = value;
		level(r + 1);
		if ((op == '/' || op == '%') && value == 0)
			uu_die("division by zero");
		switch (op) {
		case '|': value = left != 0 ? left : value; break;
		case '&': value = left != 0 && value != 0 ? left : 0; break;
		case '=': value = left == value; break;
		case '<': value = left < value; break;
		case '>': value = left > value; break;
		case '+': value = left + value; break;
		case '-': value = left - value; break;
		case '*': value = left * value; break;
		case '/': value = left / value; break;
		case '%': value = left % value; break;
		}
	}
	return (0);
}
int
main(int argc, char **argv)
{
	at = argv + 1;
	level(1);
	if (*at != NULL)
		uu_die("%s was not expected", *at);
	printf("%ld\n", value);
	return (value == 0);
}
