/* inet_pton, inet_ntop: dotted quads and colon groups; the longest run of zero groups is shortened. */
#include <arpa/inet.h>
#include <sys/socket.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
static int
quad(const char *s, uint8_t *out)
{
	for (int i = 0; i < 4; i++) {
		char *end;
		unsigned long v = strtoul(s, &end, 10);
		if (end == s || !isdigit((unsigned char)*s) || v > 255 || *end != (i < 3 ? '.' : '\0'))
			return (0);
		out[i] = (uint8_t)v;
		s = end + 1;
	}
	return (1);
}
static int
groups(const char *s, uint8_t *out)
{
	uint16_t g[8];
	int n = 0, gap = -1;
	if (s[0] == ':' && s[1] == ':') {
		gap = 0;
		s += 2;
	}
	while (*s != '\0') {
		char *end;
		unsigned long v = strtoul(s, &end, 16);
		if (n == 8 || end == s || end - s > 4 || v > 0xffff)
			return (0);
		g[n++] = (uint16_t)v;
		if (*end == ':' && end[1] == ':' && gap < 0) {
			gap = n;
			end++;
		}
		if (*end != ':' && *end != '\0')
			return (0);
		s = *end == '\0' ? end : end + 1;
	}
	if (gap < 0 ? n != 8 : n == 8)
		return (0);
	memset(out, 0, 16);
	for (int i = 0; i < n; i++) {
		int at = gap >= 0 && i >= gap ? 8 - n + i : i;
		out[2 * at] = (uint8_t)(g[i] >> 8);
		out[2 * at + 1] = (uint8_t)g[i];
	}
	return (1);
}
int
inet_pton(int family, const char *s, void *out)
{
	return (family == AF_INET ? quad(s, out) : family == AF_INET6 ? groups(s, out) : -1);
}
const char *
inet_ntop(int family, const void *addr, char *to, size_t size)
{
	const uint8_t *a = addr;
	int best = -1, len = 0;
	size_t n = 0;
	if (family == AF_INET)
		return (snprintf(to, size, "%u.%u.%u.%u", a[0], a[1], a[2], a[3]) < (int)size ? to : NULL);
	for (int i = 0; i < 8; i++) {
		int run = 0;
		while (i + run < 8 && a[2 * (i + run)] == 0 && a[2 * (i + run) + 1] == 0)
			run++;
		if (run > len && run > 1) {
			best = i;
			len = run;
		}
	}
	for (int i = 0; i < 8; i++) {
		if (i == best) {
			n += (size_t)snprintf(to + n, n < size ? size - n : 0, "::");
			i += len - 1;
			continue;
		}
		n += (size_t)snprintf(to + n, n < size ? size - n : 0, "%x%s", (unsigned int)(a[2 * i] << 8 | a[2 * i + 1]), i < 7 && i + 1 != best ? ":" : "");
	}
	return (n < size ? to : NULL);
}
