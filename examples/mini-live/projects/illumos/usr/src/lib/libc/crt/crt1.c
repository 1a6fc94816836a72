/* crt1: hands argc, argv and the environment to main; linked into programs, never into libc.so. */
#include <stdlib.h>
#include <unistd.h>
extern const char *__progname;
int main(int, char **);
void _start(void);
void __start_c(long *);
void
__start_c(long *sp)
{
	int argc = (int)sp[0];
	char **argv = (char **)(sp + 1);
	environ = argv + argc + 1;
	if (argc > 0)
		__progname = argv[0];
	exit(main(argc, argv));
}
#if defined(__x86_64__)
__asm__(".text\n.globl _start\n_start:\n\txor %ebp,%ebp\n\tmov %rsp,%rdi\n\tand $-16,%rsp\n\tcall __start_c\n");
#elif defined(__aarch64__)
__asm__(".text\n.globl _start\n_start:\n\tmov x29,#0\n\tmov x0,sp\n\tbl __start_c\n");
#else
void
_start(void)
{
	static long none[4];
	__start_c(none);
}
#endif
