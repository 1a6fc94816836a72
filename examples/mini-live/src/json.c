/* json: control characters and quotes are escaped; a negative number is null. */
#include <stdio.h>
#include "json.h"
static int first;
static void
quoted(const char *s)
{
	putchar('"');
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < ' ')
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}
static void
name(const char *n)
{
	fputs(first ? "\n  " : ",\n  ", stdout);
	first = 0;
	quoted(n);
	fputs(": ", stdout);
}
void json_open(void) { first = 1; putchar('{'); }
void json_close(void) { puts("\n}"); }
void json_string(const char *n, const char *v) { name(n); quoted(v); }
void
json_number(const char *n, long v)
{
	name(n);
	if (v < 0)
		fputs("null", stdout);
	else
		printf("%ld", v);
}
