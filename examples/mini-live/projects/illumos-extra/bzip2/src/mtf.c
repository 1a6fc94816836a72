/* mtf: a byte becomes its place in the list of recently used bytes. */
#include "bzmini.h"
static void
start(unsigned char *list)
{
	for (int i = 0; i < 256; i++)
		list[i] = (unsigned char)i;
}
void
bz_mtf(unsigned char *p, unsigned int n)
{
	unsigned char list[256];
	start(list);
	for (unsigned int i = 0; i < n; i++) {
		unsigned char c = p[i];
		int k = 0;
		while (list[k] != c)
			k++;
		p[i] = (unsigned char)k;
		for (; k > 0; k--)
			list[k] = list[k - 1];
		list[0] = c;
	}
}
void
bz_unmtf(unsigned char *p, unsigned int n)
{
	unsigned char list[256];
	start(list);
	for (unsigned int i = 0; i < n; i++) {
		int k = p[i];
		unsigned char c = list[k];
		p[i] = c;
		for (; k > 0; k--)
			list[k] = list[k - 1];
		list[0] = c;
	}
}
