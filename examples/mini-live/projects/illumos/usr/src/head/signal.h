/* signal.h: numbers and kill(2). */
#ifndef _SIGNAL_H
#define _SIGNAL_H
#include <sys/types.h>
#define SIGHUP 1
#define SIGINT 2
#define SIGKILL 9
#define SIGTERM 15
int kill(pid_t, int);
const char *__signame(int);
#endif
