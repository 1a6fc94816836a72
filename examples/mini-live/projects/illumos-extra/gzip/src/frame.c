/* frame: numbers of four bytes, lowest first. */
#include "frame.h"
void
frame_put(unsigned int v, FILE *f)
{
	for (int i = 0; i < 4; i++)
		fputc((int)(v >> (8 * i) & 255), f);
}
int
frame_get(unsigned int *v, FILE *f)
{
	*v = 0;
	for (int i = 0; i < 4; i++) {
		int c = fgetc(f);
		if (c == EOF)
			return (0);
		*v |= (unsigned int)c << (8 * i);
	}
	return (1);
}
