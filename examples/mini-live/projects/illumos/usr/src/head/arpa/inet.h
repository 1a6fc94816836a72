/* arpa/inet.h: addresses as text. */
#ifndef _ARPA_INET_H
#define _ARPA_INET_H
#include <netinet/in.h>
#include <stddef.h>
int inet_pton(int, const char *, void *);
const char *inet_ntop(int, const void *, char *, size_t);
#endif
