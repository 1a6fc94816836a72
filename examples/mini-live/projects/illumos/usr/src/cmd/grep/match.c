/* match: . * + ? [] ^ and $, by backtracking; a pattern is checked before it is used. */
#include <stddef.h>
#include "match.h"
static size_t
atom(const char *p)
{
	if (*p == '\\' && p[1] != '\0')
		return (2);
	if (*p == '[') {
		size_t n = p[1] == '^' ? 2 : 1;
		do
			n++;
		while (p[n] != ']' && p[n] != '\0');
		return (p[n] == ']' ? n + 1 : 0);
	}
	return (1);
}
static int
fits(const char *p, size_t n, char c)
{
	if (c == '\0')
		return (0);
	if (*p == '.')
		return (1);
	if (*p == '\\')
		return (p[1] == c);
	if (*p == '[') {
		int invert = p[1] == '^', hit = 0;
		for (size_t i = 1 + (size_t)invert; i < n - 1; i++) {
			if (p[i + 1] == '-' && i + 2 < n - 1) {
				hit |= c >= p[i] && c <= p[i + 2];
				i += 2;
			} else {
				hit |= c == p[i];
			}
		}
		return (hit != invert);
	}
	return (*p == c);
}
static int
here(const char *p, const char *s)
{
	size_t n;
	if (*p == '\0')
		return (1);
	if (*p == '$' && p[1] == '\0')
		return (*s == '\0');
	n = atom(p);
	if (p[n] == '*' || p[n] == '+' || p[n] == '?') {
		char kind = p[n];
		size_t most = 0;
		while (fits(p, n, s[most]) && (kind != '?' || most < 1))
			most++;
		for (size_t k = most + 1; k-- > (kind == '+' ? 1U : 0U); ) {
			if (here(p + n + 1, s + k))
				return (1);
		}
		return (0);
	}
	return (fits(p, n, *s) && here(p + n, s + 1));
}
int
match_check(const char *p)
{
	while (*p != '\0') {
		size_t n = atom(p);
		if (n == 0)
			return (-1);
		p += n;
		if (*p == '*' || *p == '+' || *p == '?')
			p++;
	}
	return (0);
}
int
match(const char *p, const char *s)
{
	if (*p == '^')
		return (here(p + 1, s));
	do {
		if (here(p, s))
			return (1);
	} while (*s++ != '\0');
	return (0);
}
