/* proto: "V2 length crc id verb payload"; a line with a wrong length or crc is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "mdata.h"
int
frame_make(char *to, size_t size, const char *verb, const char *key, const char *value)
{
	char body[768], coded[256], more[256];
	int n = snprintf(body, sizeof (body), "%08x %s", 1U, verb);
	if (key != NULL) {
		if (strlen(key) > 180 || (value != NULL && strlen(value) > 180))
			return (-1);
		base64(coded, key, strlen(key));
		n += snprintf(body + n, sizeof (body) - (size_t)n, " %s", coded);
	}
	if (value != NULL) {
		base64(more, value, strlen(value));
		n += snprintf(body + n, sizeof (body) - (size_t)n, " %s", more);
	}
	return (snprintf(to, size, "V2 %d %08x %s\n", n, crc(body, (size_t)n), body) < (int)size ? 0 : -1);
}
int
frame_read(const char *line, char *to, size_t size)
{
	char *p;
	unsigned long n, sum;
	const char *body;
	if (strncmp(line, "V2 ", 3) != 0)
		return (-1);
	n = strtoul(line + 3, &p, 10);
	sum = strtoul(p, &p, 16);
	body = *p == ' ' ? p + 1 : p;
	if (strlen(body) < n || crc(body, n) != sum || strlen(body) < 9 || strncmp(body + 9, "SUCCESS ", 8) != 0)
		return (-1);
	return (unbase64(to, size, body + 17) < 0 ? -1 : 0);
}
