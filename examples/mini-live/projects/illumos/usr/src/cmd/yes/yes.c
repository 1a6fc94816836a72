/* yes: one line for ever, until nobody reads. */
#include <stdio.h>
int
main(int argc, char **argv)
{
	while (puts(argc > 1 ? argv[1] : "y") != EOF)
		;
	return (1);
}
