/* bsearch: the array is sorted by the same comparison. */
#include <stdlib.h>
void *
bsearch(const void *key, const void *array, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	const char *base = array;
	while (n > 0) {
		const char *mid = base + n / 2 * size;
		int order = cmp(key, mid);
		if (order == 0)
			return ((void *)mid);
		if (order > 0) {
			base = mid + size;
			n -= n / 2 + 1;
		} else {
			n /= 2;
		}
	}
	return (NULL);
}
