/* netdb.h: well-known services and protocols. */
#ifndef _NETDB_H
#define _NETDB_H
struct servent { const char *s_name, *s_proto; int s_port; };
const struct servent *getservbyname(const char *, const char *);
const struct servent *getservbyport(int, const char *);
int getprotobyname_r(const char *);
#endif
