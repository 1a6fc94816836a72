/* netinet/in.h: addresses and ports in network order. */
#ifndef _NETINET_IN_H
#define _NETINET_IN_H
#include <stdint.h>
struct in_addr { uint32_t s_addr; };
struct in6_addr { uint8_t s6_addr[16]; };
uint16_t htons(uint16_t);
uint32_t htonl(uint32_t);
#define ntohs(x) htons(x)
#define ntohl(x) htonl(x)
#endif
