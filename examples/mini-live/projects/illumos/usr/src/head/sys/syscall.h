/* sys/syscall.h: the trap table; libc and the kernel's sysent are both made from SYSCALLS. */
#ifndef _SYS_SYSCALL_H
#define _SYS_SYSCALL_H
#define SYSCALLS(X) \
	X(exit, 1, 1) X(fork, 2, 0) X(read, 3, 3) X(write, 4, 3) X(open, 5, 3) X(close, 6, 1) \
	X(wait, 7, 3) X(link, 9, 2) X(unlink, 10, 1) X(exec, 11, 3) X(chdir, 12, 1) X(time, 13, 0) \
	X(chmod, 15, 2) X(chown, 16, 3) X(brk, 17, 1) X(stat, 18, 2) X(lseek, 19, 3) X(getpid, 20, 0) \
	X(getuid, 24, 0) X(fstat, 28, 2) X(access, 33, 2) X(nice, 34, 1) X(sync, 36, 0) X(kill, 37, 2) \
	X(getgid, 47, 0) X(ioctl, 54, 3) X(umask, 60, 1) X(rmdir, 79, 1) X(mkdir, 80, 2) X(getdents, 81, 3) \
	X(lstat, 88, 2) X(symlink, 89, 2) X(readlink, 90, 3) X(sleep, 92, 1) X(rename, 134, 2) X(uname, 135, 1) \
	X(getcwd, 138, 2)
#define X(name, number, args) SYS_##name = number,
enum { SYSCALLS(X) SYS_MAX = 256 };
#undef X
long __systrap(long, long, long, long);
long __syserr(long);
#endif
