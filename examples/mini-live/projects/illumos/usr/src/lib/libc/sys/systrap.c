/* __systrap: the only place that enters the kernel; without a known trap instruction every call is ENOSYS. */
#include <sys/syscall.h>
#include <errno.h>
int errno;
long
__systrap(long number, long a, long b, long c)
{
#if defined(__x86_64__)
	long r;
	__asm__ volatile("syscall" : "=a"(r) : "0"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
	return (r);
#elif defined(__aarch64__)
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
	return (x0);
#else
	(void)number, (void)a, (void)b, (void)c;
	return (-ENOSYS);
#endif
}
long
__syserr(long r)
{
	if (r >= 0)
		return (r);
	errno = (int)-r;
	return (-1);
}
