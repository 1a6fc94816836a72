/* strsep, strtok_r: cut a string in place; strsep keeps empty fields, strtok_r skips them. */
#include <string.h>
char *
strsep(char **where, const char *set)
{
	char *field = *where, *end;
	if (field == NULL)
		return (NULL);
	end = strpbrk(field, set);
	if (end != NULL)
		*end++ = '\0';
	*where = end;
	return (field);
}
char *
strtok_r(char *s, const char *set, char **state)
{
	if (s == NULL)
		s = *state;
	if (s == NULL)
		return (NULL);
	s += strspn(s, set);
	if (*s == '\0') {
		*state = NULL;
		return (NULL);
	}
	*state = s;
	return (strsep(state, set));
}
