/* fopen, fclose, fflush: open streams stand in one table so that exit can flush them. */
#include <stdio.h>
#include <stdlib.h>
#include <fcntl.h>
#include <unistd.h>
#define MAX_OPEN 32
static FILE *table[MAX_OPEN];
FILE *
fopen(const char *path, const char *mode)
{
	int oflag = mode[0] == 'r' ? O_RDONLY : O_WRONLY | O_CREAT | (mode[0] == 'a' ? O_APPEND : O_TRUNC);
	int slot = 0, fd;
	FILE *f;
	while (slot < MAX_OPEN && table[slot] != NULL)
		slot++;
	if (slot == MAX_OPEN || (fd = open(path, oflag, 0666)) < 0)
		return (NULL);
	f = calloc(1, sizeof (*f) + BUFSIZ);
	if (f == NULL) {
		close(fd);
		return (NULL);
	}
	f->fd = fd;
	f->flags = mode[0] == 'r' ? _F_READ : _F_WRITE;
	f->pushed = EOF;
	f->buf = (unsigned char *)(f + 1);
	table[slot] = f;
	return (f);
}
int
fflush(FILE *f)
{
	size_t done = 0;
	if (f == NULL) {
		int r = fflush(stdout) | fflush(stderr);
		for (int i = 0; i < MAX_OPEN; i++) {
			if (table[i] != NULL)
				r |= fflush(table[i]);
		}
		return (r);
	}
	if (!(f->flags & _F_WRITE))
		return (0);
	while (done < f->pos) {
		long n = write(f->fd, f->buf + done, f->pos - done);
		if (n <= 0) {
			f->flags |= _F_ERR;
			f->pos = 0;
			return (EOF);
		}
		done += (size_t)n;
	}
	f->pos = 0;
	return (0);
}
int
fclose(FILE *f)
{
	int r = fflush(f) | close(f->fd);
	for (int i = 0; i < MAX_OPEN; i++) {
		if (table[i] == f) {
			table[i] = NULL;
			free(f);
			break;
		}
	}
	return (r);
}
