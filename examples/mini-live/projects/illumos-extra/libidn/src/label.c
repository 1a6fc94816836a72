/* label: a host name label by label; pure ASCII labels pass unchanged. */
#include <string.h>
#include "idnmini.h"
int
idn_to_ascii(const char *host, char *out, int size)
{
	int w = 0;
	while (*host != '\0') {
		size_t len = strcspn(host, ".");
		char label[4 * IDN_LABEL];
		unsigned int codes[IDN_LABEL];
		int n, plain = 1, m;
		if (len == 0 || len >= sizeof (label))
			return (-1);
		memcpy(label, host, len);
		label[len] = '\0';
		n = idn_utf8(label, codes, IDN_LABEL);
		if (n < 0 || w + 5 >= size)
			return (-1);
		for (int i = 0; i < n; i++)
			plain &= codes[i] < 128;
		if (!plain) {
			memcpy(out + w, "xn--", 4);
			w += 4;
		}
		m = plain ? (int)len : idn_punycode(codes, n, out + w, size - w - 2);
		if (m < 0 || w + m + 2 > size)
			return (-1);
		if (plain)
			memcpy(out + w, label, len);
		w += m;
		host += len;
		if (*host == '.') {
			out[w++] = '.';
			host++;
		}
	}
	out[w] = '\0';
	return (w);
}
