/* sys/vm.h: physical pages and the address spaces that map them. */
#ifndef _SYS_VM_H
#define _SYS_VM_H
#include <sys/types.h>
#define PAGESIZE 4096UL
typedef uint64_t pfn_t;
struct seg { struct seg *next; uint64_t base, size; unsigned int prot; };
struct as { struct seg *segs; uint64_t mapped; };
void page_init(pfn_t, pfn_t);
pfn_t page_get(void);
void page_free(pfn_t);
size_t page_count(void);
int as_map(struct as *, uint64_t, uint64_t, unsigned int);
int as_unmap(struct as *, uint64_t, uint64_t);
const struct seg *as_find(const struct as *, uint64_t);
uint64_t as_gap(const struct as *, uint64_t);
#endif
