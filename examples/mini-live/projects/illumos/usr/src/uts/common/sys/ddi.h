/* sys/ddi.h: what a driver may ask of the kernel. */
#ifndef _SYS_DDI_H
#define _SYS_DDI_H
#include <sys/types.h>
#define DDI_SUCCESS 0
#define DDI_FAILURE (-1)
#define DDI_INTR_UNCLAIMED 0
#define DDI_INTR_CLAIMED 1
#define DDI_INTR_FIXED 1
#define DDI_INTR_MSI 2
typedef struct dev_info dev_info_t;
struct ddi_register { const char *name; unsigned int offset, width; };
typedef struct { volatile unsigned char *base; size_t size; } ddi_handle_t;
typedef int (*ddi_intr_fn)(void *, unsigned int);
int ddi_map(dev_info_t *, const struct ddi_register *, ddi_handle_t *);
uint64_t ddi_get(const ddi_handle_t *, unsigned int, unsigned int);
void ddi_put(const ddi_handle_t *, unsigned int, unsigned int, uint64_t);
uint64_t ddi_swap(uint64_t, unsigned int);
int ddi_intr_add(dev_info_t *, unsigned int, int, ddi_intr_fn, void *);
void ddi_intr_remove(dev_info_t *);
int ddi_intr_dispatch(dev_info_t *, unsigned int);
int ddi_minor(dev_info_t *, const char *, const char *, void *);
int ddi_instance(const dev_info_t *);
int ddi_firmware(dev_info_t *, const char *);
void ddi_event(dev_info_t *, const char *, unsigned int);
void ddi_list_add(void **, dev_info_t *, void *);
void *ddi_list_remove(void **, dev_info_t *);
void drv_usecwait(unsigned int);
#endif
