/* unistd.h: thin calls into the kernel, and getopt. */
#ifndef _UNISTD_H
#define _UNISTD_H
#include <stddef.h>
#include <sys/types.h>
#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
long read(int, void *, size_t);
long write(int, const void *, size_t);
int close(int);
off_t lseek(int, off_t, int);
int unlink(const char *);
int link(const char *, const char *);
int symlink(const char *, const char *);
long readlink(const char *, char *, size_t);
int rename(const char *, const char *);
int rmdir(const char *);
int chdir(const char *);
char *getcwd(char *, size_t);
int access(const char *, int);
int isatty(int);
pid_t getpid(void);
uid_t getuid(void);
gid_t getgid(void);
pid_t fork(void);
int execve(const char *, char *const *, char *const *);
int execvp(const char *, char *const *);
unsigned int sleep(unsigned int);
int nice(int);
void sync(void);
void _exit(int) __attribute__((noreturn));
extern char **environ;
extern char *optarg;
extern int optind, opterr, optopt;
int getopt(int, char *const *, const char *);
#endif
