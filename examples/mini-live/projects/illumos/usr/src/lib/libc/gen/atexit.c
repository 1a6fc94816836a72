/* exit, atexit: handlers run in reverse order, then streams are flushed. */
#include <stdlib.h>
#include <stdio.h>
#include <unistd.h>
static void (*handlers[32])(void);
static int count;
int
atexit(void (*fn)(void))
{
	if (count == 32)
		return (-1);
	handlers[count++] = fn;
	return (0);
}
void
exit(int status)
{
	while (count > 0)
		handlers[--count]();
	fflush(NULL);
	_exit(status);
}
void
abort(void)
{
	_exit(134);
}
