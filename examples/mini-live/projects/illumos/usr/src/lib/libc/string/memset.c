/* memset: every byte becomes the low eight bits of c. */
#include <string.h>
#include <stdint.h>
void *
memset(void *to, int c, size_t n)
{
	unsigned char *d = to;
	uint64_t word = (unsigned char)c * 0x0101010101010101UL;
	for (; n > 0 && ((uintptr_t)d & 7) != 0; n--)
		*d++ = (unsigned char)c;
	for (; n >= 8; n -= 8, d += 8)
		*(uint64_t *)d = word;
	while (n-- > 0)
		*d++ = (unsigned char)c;
	return (to);
}
