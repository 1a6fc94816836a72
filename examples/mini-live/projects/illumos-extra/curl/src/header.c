/* header: one field of an answer, found without regard to case, its blanks trimmed. */
#include <string.h>
#include <strings.h>
#include "curlmini.h"
int
curl_header(const char *answer, const char *name, char *out, size_t size)
{
	size_t n = strlen(name);
	while (*answer != '\0' && *answer != '\r') {
		size_t len = strcspn(answer, "\r\n");
		if (len > n && answer[n] == ':' && strncasecmp(answer, name, n) == 0) {
			const char *v = answer + n + 1;
			v += strspn(v, " \t");
			len = strcspn(v, "\r\n");
			if (len >= size)
				return (-1);
			memcpy(out, v, len);
			out[len] = '\0';
			return (0);
		}
		answer += len;
		answer += strspn(answer, "\n") > 0 ? 1 : strncmp(answer, "\r\n", 2) == 0 ? 2 : 0;
	}
	return (-1);
}
