/* sysent: the trap table, made from the same list as libc's; a number without a name is ENOSYS. */
#include <errno.h>
#include <sys/syscall.h>
#include <sys/types.h>
struct sysent { const char *name; int args; long (*fn)(long, long, long); };
#define X(name, number, args) [number] = { #name, args, 0 },
static struct sysent sysent[SYS_MAX] = { SYSCALLS(X) };
#undef X
unsigned long sysent_calls[SYS_MAX];
int
sysent_set(int number, long (*fn)(long, long, long))
{
	if (number < 0 || number >= SYS_MAX || sysent[number].name == NULL)
		return (-ENOSYS);
	sysent[number].fn = fn;
	return (0);
}
long
syscall_entry(long number, long a, long b, long c)
{
	if (number < 0 || number >= SYS_MAX || sysent[number].fn == NULL)
		return (-ENOSYS);
	sysent_calls[number]++;
	return (sysent[number].fn(a, b, c));
}
