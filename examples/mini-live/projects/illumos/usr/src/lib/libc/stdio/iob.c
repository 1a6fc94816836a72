/* __iob: the three streams every program has; stderr is flushed at each write. */
#include <stdio.h>
static unsigned char buffers[3][BUFSIZ];
FILE __iob[3] = {
	{ .fd = 0, .flags = _F_READ, .pushed = EOF, .buf = buffers[0] },
	{ .fd = 1, .flags = _F_WRITE, .pushed = EOF, .buf = buffers[1] },
	{ .fd = 2, .flags = _F_WRITE | _F_LINE, .pushed = EOF, .buf = buffers[2] },
};
