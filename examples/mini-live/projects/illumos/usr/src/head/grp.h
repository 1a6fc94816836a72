/* grp.h: one line of /etc/group as a structure. */
#ifndef _GRP_H
#define _GRP_H
#include <sys/types.h>
struct group { char *gr_name; gid_t gr_gid; };
struct group *getgrgid(gid_t);
struct group *getgrnam(const char *);
#endif
