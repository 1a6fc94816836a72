/* dirent.h: reading directories one entry at a time. */
#ifndef _DIRENT_H
#define _DIRENT_H
#include <sys/types.h>
struct dirent { unsigned long d_ino; unsigned short d_reclen; char d_name[256]; };
typedef struct { int fd; long pos, len; char buf[4096]; struct dirent ent; } DIR;
DIR *opendir(const char *);
struct dirent *readdir(DIR *);
int closedir(DIR *);
#endif
