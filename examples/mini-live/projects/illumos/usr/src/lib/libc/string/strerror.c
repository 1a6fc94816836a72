/* strerror: a fixed English sentence for every number of errno.h. */
#include <string.h>
#include <errno.h>
static const struct { int number; const char *text; } texts[] = {
	{ 0, "No error" }, { EPERM, "Not owner" }, { ENOENT, "No such file or directory" },
	{ EINTR, "Interrupted system call" }, { EIO, "I/O error" }, { E2BIG, "Arg list too long" },
	{ EBADF, "Bad file number" }, { ECHILD, "No child processes" }, { EAGAIN, "Resource temporarily unavailable" },
	{ ENOMEM, "Not enough space" }, { EACCES, "Permission denied" }, { EEXIST, "File exists" },
	{ ENOTDIR, "Not a directory" }, { EISDIR, "Is a directory" }, { EINVAL, "Invalid argument" },
	{ ENFILE, "File table overflow" }, { ENOSPC, "No space left on device" }, { EPIPE, "Broken pipe" },
	{ ERANGE, "Result too large" }, { ENAMETOOLONG, "File name too long" }, { ENOSYS, "Operation not applicable" },
};
char *
strerror(int number)
{
	for (size_t i = 0; i < sizeof (texts) / sizeof (texts[0]); i++) {
		if (texts[i].number == number)
			return ((char *)texts[i].text);
	}
	return ("Unknown error");
}
