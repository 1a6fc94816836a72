/* kvm.h: a machine is a model with the options laid over it. */
#ifndef KVM_H
#define KVM_H
struct model { const char *name; int cores; unsigned long memory; const char *bus, *flags; };
struct machine { const struct model *model; int cores; unsigned long memory; const char *disk; };
extern const struct model models[];
extern const int model_count;
const struct model *model_find(const char *);
int machine_check(const struct machine *);
void machine_print(const struct machine *);
int option_size(const char *, unsigned long *);
unsigned long memory_below_4g(unsigned long);
#endif
