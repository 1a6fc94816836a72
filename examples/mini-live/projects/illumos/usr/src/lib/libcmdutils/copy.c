/* copy: contents and mode; a half-written target is removed. */
#include <fcntl.h>
#include <unistd.h>
#include <sys/stat.h>
#include "libcmdutils.h"
int
copy_file(const char *from, const char *to)
{
	struct stat st;
	char buf[8192];
	long n = -1;
	int in = open(from, O_RDONLY), out;
	if (in < 0 || fstat(in, &st) != 0) {
		perror(from);
		if (in >= 0)
			close(in);
		return (-1);
	}
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, (int)(st.st_mode & 07777));
	if (out < 0) {
		perror(to);
		close(in);
		return (-1);
	}
	while ((n = read(in, buf, sizeof (buf))) > 0) {
		if (write(out, buf, (size_t)n) != n) {
			n = -1;
			break;
		}
	}
	close(in);
	if (close(out) != 0 || n < 0) {
		perror(to);
		unlink(to);
		return (-1);
	}
	return (0);
}
char *
path_join(const char *dir, const char *name, char *to, size_t size)
{
	return (snprintf(to, size, "%s/%s", dir, name) < (int)size ? to : NULL);
}
