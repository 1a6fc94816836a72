/* from: bytes of one code page become UTF-8; a byte without a character ends the conversion. */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
static const uint16_t table[128] = { PAGE_TABLE };
const char *_icv_name = PAGE_NAME "%UTF-8";
static size_t
put(unsigned char *to, size_t room, unsigned int c)
{
	if (c < 0x80 && room >= 1) {
		to[0] = (unsigned char)c;
		return (1);
	}
	if (c >= 0x80 && c < 0x800 && room >= 2) {
		to[0] = (unsigned char)(0xc0 | c >> 6);
		to[1] = (unsigned char)(0x80 | (c & 0x3f));
		return (2);
	}
	if (c >= 0x800 && room >= 3) {
		to[0] = (unsigned char)(0xe0 | c >> 12);
		to[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (unsigned char)(0x80 | (c & 0x3f));
		return (3);
	}
	return (0);
}
long
_icv_iconv(const unsigned char **from, size_t *left, unsigned char **to, size_t *room)
{
	long converted = 0;
	for (; *left > 0; (*left)--, (*from)++, converted++) {
		unsigned int c = **from < 0x80 ? **from : table[**from - 0x80];
		size_t n;
		if (c == 0 && **from != 0) {
			errno = EINVAL;
			return (-1);
		}
		n = put(*to, *room, c);
		if (n == 0) {
			errno = E2BIG;
			return (-1);
		}
		*to += n;
		*room -= n;
	}
	return (converted);
}
