/* htons, htonl: network order is big-endian whatever the machine's is. */
#include <netinet/in.h>
uint16_t
htons(uint16_t v)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (__builtin_bswap16(v));
#else
	return (v);
#endif
}
uint32_t
htonl(uint32_t v)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (__builtin_bswap32(v));
#else
	return (v);
#endif
}
