/* zpipe: prints both checksums of its input, and how small it becomes. */
#include <stdio.h>
#include <stdlib.h>
#include "zmini.h"
int
main(void)
{
	static unsigned char in[65536];
	size_t n = fread(in, 1, sizeof (in), stdin);
	unsigned char *out = malloc(zmini_bound(n));
	if (out == NULL)
		return (1);
	printf("%s: crc %08x adler %08x, %lu bytes, packed %lu\n", zmini_version(), zmini_crc32(0, in, n),
	    zmini_adler32(1, in, n), (unsigned long)n, (unsigned long)zmini_pack(out, in, n));
	free(out);
	return (0);
}
