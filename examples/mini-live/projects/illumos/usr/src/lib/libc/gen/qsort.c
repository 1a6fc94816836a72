/* qsort: heap sort, so the worst case is n log n and no memory is taken. */
#include <stdlib.h>
static void
swap(char *a, char *b, size_t size)
{
	while (size-- > 0) {
		char t = *a;
		*a++ = *b;
		*b++ = t;
	}
}
static void
sift(char *base, size_t at, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	for (;;) {
		size_t child = 2 * at + 1;
		if (child >= n)
			return;
		if (child + 1 < n && cmp(base + child * size, base + (child + 1) * size) < 0)
			child++;
		if (cmp(base + at * size, base + child * size) >= 0)
			return;
		swap(base + at * size, base + child * size, size);
		at = child;
	}
}
void
qsort(void *array, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	char *base = array;
	for (size_t i = n / 2; i > 0; i--)
		sift(base, i - 1, n, size, cmp);
	for (size_t end = n; end > 1; end--) {
		swap(base, base + (end - 1) * size, size);
		sift(base, 0, end - 1, size, cmp);
	}
}
