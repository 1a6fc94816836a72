/* plat: the zone's metadata device; one line out, one line in. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "mdata.h"
int
plat_ask(const char *frame, char *answer, size_t size)
{
	int fd = open("/native/.zonecontrol/metadata", O_RDWR);
	size_t n = 0;
	long r = 0;
	if (fd < 0)
		return (-1);
	if (write(fd, frame, strlen(frame)) == (long)strlen(frame)) {
		while (n + 1 < size && (r = read(fd, answer + n, size - n - 1)) > 0) {
			n += (size_t)r;
			if (answer[n - 1] == '\n')
				break;
		}
	}
	answer[n] = '\0';
	close(fd);
	return (n > 0 && r > 0 ? 0 : -1);
}
