/* page: free pages as a bitmap; page_get takes the lowest. */
#include <sys/vm.h>
#define MAXPAGES 65536
static uint64_t map[MAXPAGES / 64];
static pfn_t first, count;
void
page_init(pfn_t from, pfn_t n)
{
	first = from;
	count = n < MAXPAGES ? n : MAXPAGES;
	for (pfn_t i = 0; i < count; i++)
		map[i / 64] |= 1UL << (i % 64);
}
pfn_t
page_get(void)
{
	for (pfn_t i = 0; i < count / 64 + 1 && i < MAXPAGES / 64; i++) {
		if (map[i] != 0) {
			unsigned int bit = (unsigned int)__builtin_ctzl(map[i]);
			map[i] &= ~(1UL << bit);
			return (first + 64 * i + bit);
		}
	}
	return (0);
}
void
page_free(pfn_t p)
{
	if (p >= first && p < first + count)
		map[(p - first) / 64] |= 1UL << ((p - first) % 64);
}
size_t
page_count(void)
{
	size_t n = 0;
	for (int i = 0; i < MAXPAGES / 64; i++) {
		for (uint64_t v = map[i]; v != 0; v &= v - 1)
			n++;
	}
	return (n);
}
