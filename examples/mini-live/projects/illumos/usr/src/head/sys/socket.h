/* sys/socket.h: address families. */
#ifndef _SYS_SOCKET_H
#define _SYS_SOCKET_H
#define AF_UNSPEC 0
#define AF_INET 2
#define AF_INET6 26
#endif
