/* mode: octal numbers and clauses like u+x,go-w; and the letters that ls shows. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "libcmdutils.h"
char *
mode_string(unsigned int mode, char *to)
{
	static const char letters[] = "rwxrwxrwx";
	to[0] = S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : '-';
	for (int i = 0; i < 9; i++)
		to[i + 1] = mode & (0400U >> i) ? letters[i] : '-';
	if (mode & 04000)
		to[3] = to[3] == 'x' ? 's' : 'S';
	if (mode & 02000)
		to[6] = to[6] == 'x' ? 's' : 'l';
	if (mode & 01000)
		to[9] = to[9] == 'x' ? 't' : 'T';
	to[10] = '\0';
	return (to);
}
int
parse_mode(const char *s, unsigned int old, unsigned int *mode)
{
	if (strspn(s, "01234567") == strlen(s) && *s != '\0') {
		*mode = (unsigned int)strtoul(s, NULL, 8);
		return (*mode > 07777 ? -1 : 0);
	}
	*mode = old;
	while (*s != '\0') {
		unsigned int who = 0, bits = 0;
		char op;
		for (; *s != '\0' && strchr("ugoa", *s) != NULL; s++)
			who |= *s == 'u' ? 0700 : *s == 'g' ? 0070 : *s == 'o' ? 0007 : 0777;
		if (who == 0)
			who = 0777;
		op = *s;
		if (op != '+' && op != '-' && op != '=')
			return (-1);
		for (s++; *s != '\0' && strchr("rwx", *s) != NULL; s++)
			bits |= *s == 'r' ? 0444 : *s == 'w' ? 0222 : 0111;
		bits &= who;
		*mode = op == '+' ? *mode | bits : op == '-' ? *mode & ~bits : (*mode & ~who) | bits;
		if (*s == ',')
			s++;
		else if (*s != '\0')
			return (-1);
	}
	return (0);
}
