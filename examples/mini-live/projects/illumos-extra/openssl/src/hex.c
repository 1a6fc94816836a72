/* hex: two lower-case digits a byte. */
#include "minicrypto.h"
void
mc_hex(char *to, const mc_u8 *p, size_t n)
{
	for (; n > 0; n--, p++) {
		*to++ = "0123456789abcdef"[*p >> 4];
		*to++ = "0123456789abcdef"[*p & 15];
	}
	*to = '\0';
}
