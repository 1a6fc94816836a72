/* id: number and name of the user and of the group. */
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>
int
main(void)
{
	struct passwd *pw = getpwuid(getuid());
	struct group *gr;
	printf("uid=%d(%s)", getuid(), pw == NULL ? "?" : pw->pw_name);
	gr = getgrgid(getgid());
	printf(" gid=%d(%s)\n", getgid(), gr == NULL ? "?" : gr->gr_name);
	return (0);
}
