/* prompt: the last row says where in the file the screen stands. */
#include <stdio.h>
#include "less.h"
void
prompt_line(const struct text *t, const char *name, size_t first, size_t rows)
{
	size_t last = first + rows < t->lines ? first + rows : t->lines;
	if (last == t->lines)
		printf("%s (END)\n", name);
	else
		printf("%s lines %lu-%lu/%lu %lu%%\n", name, (unsigned long)first + 1, (unsigned long)last,
		    (unsigned long)t->lines, (unsigned long)(last * 100 / t->lines));
}
