/* punycode: RFC 3492 with its own parameters; the output is lower case. */
#include "idnmini.h"
enum { BASE = 36, TMIN = 1, TMAX = 26, SKEW = 38, DAMP = 700, BIAS = 72, START = 128 };
static unsigned int
adapt(unsigned int delta, unsigned int points, int first)
{
	unsigned int k = 0;
	delta = first ? delta / DAMP : delta / 2;
	delta += delta / points;
	for (; delta > (BASE - TMIN) * TMAX / 2; k += BASE)
		delta /= BASE - TMIN;
	return (k + (BASE - TMIN + 1) * delta / (delta + SKEW));
}
static char
digit(unsigned int d)
{
	return ((char)(d < 26 ? 'a' + d : '0' + d - 26));
}
int
idn_punycode(const unsigned int *in, int n, char *out, int size)
{
	unsigned int code = START, delta = 0, bias = BIAS;
	int w = 0, basic, done;
	for (int i = 0; i < n; i++) {
		if (in[i] < 128) {
			if (w == size)
				return (-1);
			out[w++] = (char)in[i];
		}
	}
	basic = done = w;
	if (basic > 0 && w < size)
		out[w++] = '-';
	while (done < n) {
		unsigned int next = 0xffffffffU;
		for (int i = 0; i < n; i++) {
			if (in[i] >= code && in[i] < next)
				next = in[i];
		}
		delta += (next - code) * (unsigned int)(done + 1);
		code = next;
		for (int i = 0; i < n; i++) {
			if (in[i] < code)
				delta++;
			if (in[i] == code) {
				unsigned int q = delta;
				for (unsigned int k = BASE; ; k += BASE) {
					unsigned int t = k <= bias ? TMIN : k >= bias + TMAX ? TMAX : k - bias;
					if (w == size)
						return (-1);
					if (q < t)
						break;
					out[w++] = digit(t + (q - t) % (BASE - t));
					q = (q - t) / (BASE - t);
				}
				out[w++] = digit(q);
				bias = adapt(delta, (unsigned int)done + 1, done == basic);
				delta = 0;
				done++;
			}
		}
		delta++;
		code++;
	}
	return (w);
}
