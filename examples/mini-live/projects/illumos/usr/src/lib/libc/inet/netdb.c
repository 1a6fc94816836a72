/* getserv*: the well-known ports are compiled in, so no file can hide them. */
#include <netdb.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
static const struct servent services[] = {
	{ "echo", "tcp", 7 }, { "discard", "tcp", 9 }, { "daytime", "tcp", 13 }, { "ftp", "tcp", 21 },
	{ "ssh", "tcp", 22 }, { "telnet", "tcp", 23 }, { "smtp", "tcp", 25 }, { "time", "tcp", 37 },
	{ "domain", "udp", 53 }, { "bootps", "udp", 67 }, { "bootpc", "udp", 68 }, { "tftp", "udp", 69 },
	{ "http", "tcp", 80 }, { "pop3", "tcp", 110 }, { "sunrpc", "tcp", 111 }, { "ntp", "udp", 123 },
	{ "snmp", "udp", 161 }, { "ldap", "tcp", 389 }, { "https", "tcp", 443 }, { "syslog", "udp", 514 },
};
#define COUNT (sizeof (services) / sizeof (services[0]))
const struct servent *
getservbyname(const char *name, const char *proto)
{
	for (size_t i = 0; i < COUNT; i++) {
		if (strcmp(services[i].s_name, name) == 0 && (proto == NULL || strcmp(services[i].s_proto, proto) == 0))
			return (&services[i]);
	}
	return (NULL);
}
const struct servent *
getservbyport(int port, const char *proto)
{
	for (size_t i = 0; i < COUNT; i++) {
		if (services[i].s_port == ntohs((uint16_t)port) && (proto == NULL || strcmp(services[i].s_proto, proto) == 0))
			return (&services[i]);
	}
	return (NULL);
}
int
getprotobyname_r(const char *name)
{
	return (strcmp(name, "icmp") == 0 ? 1 : strcmp(name, "tcp") == 0 ? 6 : strcmp(name, "udp") == 0 ? 17 : -1);
}
