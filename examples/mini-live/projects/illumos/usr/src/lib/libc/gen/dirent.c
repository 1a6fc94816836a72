/* opendir, readdir, closedir: records as the kernel's getdents lays them out. */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/syscall.h>
DIR *
opendir(const char *path)
{
	int fd = open(path, O_RDONLY);
	DIR *d;
	if (fd < 0)
		return (NULL);
	d = malloc(sizeof (*d));
	if (d == NULL) {
		close(fd);
		return (NULL);
	}
	d->fd = fd;
	d->pos = d->len = 0;
	return (d);
}
struct dirent *
readdir(DIR *d)
{
	struct { unsigned long ino; unsigned short reclen; char name[]; } *rec;
	if (d->pos >= d->len) {
		d->len = __syserr(__systrap(SYS_getdents, d->fd, (long)d->buf, sizeof (d->buf)));
		d->pos = 0;
		if (d->len <= 0)
			return (NULL);
	}
	rec = (void *)(d->buf + d->pos);
	d->pos += rec->reclen;
	d->ent.d_ino = rec->ino;
	d->ent.d_reclen = rec->reclen;
	strlcpy(d->ent.d_name, rec->name, sizeof (d->ent.d_name));
	return (&d->ent);
}
int
closedir(DIR *d)
{
	int r = close(d->fd);
	free(d);
	return (r);
}
