/* __signame: the short name of a signal number, or NULL. */
#include <signal.h>
#include <stddef.h>
static const char *const names[] = {
	NULL, "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "EMT", "FPE", "KILL", "BUS", "SEGV", "SYS",
	"PIPE", "ALRM", "TERM", "USR1", "USR2", "CLD", "PWR", "WINCH", "URG", "POLL", "STOP", "TSTP", "CONT",
};
const char *
__signame(int n)
{
	return (n > 0 && n < (int)(sizeof (names) / sizeof (names[0])) ? names[n] : NULL);
}
