/* The system calls as C functions: each is one trap, its error in errno. */
#include <stdarg.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#define CALL(n, a, b, c) __syserr(__systrap(SYS_##n, (long)(a), (long)(b), (long)(c)))
long read(int fd, void *b, size_t n) { return (CALL(read, fd, b, n)); }
long write(int fd, const void *b, size_t n) { return (CALL(write, fd, b, n)); }
int close(int fd) { return ((int)CALL(close, fd, 0, 0)); }
off_t lseek(int fd, off_t o, int w) { return (CALL(lseek, fd, o, w)); }
int unlink(const char *p) { return ((int)CALL(unlink, p, 0, 0)); }
int link(const char *a, const char *b) { return ((int)CALL(link, a, b, 0)); }
int symlink(const char *a, const char *b) { return ((int)CALL(symlink, a, b, 0)); }
long readlink(const char *p, char *b, size_t n) { return (CALL(readlink, p, b, n)); }
int rename(const char *a, const char *b) { return ((int)CALL(rename, a, b, 0)); }
int rmdir(const char *p) { return ((int)CALL(rmdir, p, 0, 0)); }
int mkdir(const char *p, mode_t m) { return ((int)CALL(mkdir, p, m, 0)); }
int chdir(const char *p) { return ((int)CALL(chdir, p, 0, 0)); }
int access(const char *p, int m) { return ((int)CALL(access, p, m, 0)); }
int chmod(const char *p, mode_t m) { return ((int)CALL(chmod, p, m, 0)); }
int chown(const char *p, uid_t u, gid_t g) { return ((int)CALL(chown, p, u, g)); }
mode_t umask(mode_t m) { return ((mode_t)CALL(umask, m, 0, 0)); }
int stat(const char *p, struct stat *s) { return ((int)CALL(stat, p, s, 0)); }
int lstat(const char *p, struct stat *s) { return ((int)CALL(lstat, p, s, 0)); }
int fstat(int fd, struct stat *s) { return ((int)CALL(fstat, fd, s, 0)); }
int kill(pid_t p, int s) { return ((int)CALL(kill, p, s, 0)); }
pid_t getpid(void) { return ((pid_t)CALL(getpid, 0, 0, 0)); }
uid_t getuid(void) { return ((uid_t)CALL(getuid, 0, 0, 0)); }
gid_t getgid(void) { return ((gid_t)CALL(getgid, 0, 0, 0)); }
pid_t fork(void) { return ((pid_t)CALL(fork, 0, 0, 0)); }
pid_t waitpid(pid_t p, int *s, int o) { return ((pid_t)CALL(wait, p, s, o)); }
int execve(const char *p, char *const *v, char *const *e) { return ((int)CALL(exec, p, v, e)); }
int nice(int n) { return ((int)CALL(nice, n, 0, 0)); }
void sync(void) { (void)CALL(sync, 0, 0, 0); }
int uname(struct utsname *u) { return ((int)CALL(uname, u, 0, 0)); }
unsigned int sleep(unsigned int n) { return ((unsigned int)CALL(sleep, n, 0, 0)); }
int isatty(int fd) { return (CALL(ioctl, fd, 0x5401, 0) == 0); }
time_t
time(time_t *t)
{
	time_t now = CALL(time, 0, 0, 0);
	if (t != NULL)
		*t = now;
	return (now);
}
char *
getcwd(char *b, size_t n)
{
	return (CALL(getcwd, b, n, 0) < 0 ? NULL : b);
}
int
open(const char *p, int flags, ...)
{
	va_list ap;
	int mode;
	va_start(ap, flags);
	mode = flags & O_CREAT ? va_arg(ap, int) : 0;
	va_end(ap);
	return ((int)CALL(open, p, flags, mode));
}
void
_exit(int status)
{
	for (;;)
		(void)CALL(exit, status, 0, 0);
}
