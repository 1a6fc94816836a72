/* vm.h: sizes are MiB; a value of zero means that none was given. */
#ifndef VM_H
#define VM_H
#include <stdio.h>
#include <stddef.h>
struct vm { char alias[64], brand[32], uuid[37]; unsigned long ram, quota, cpus; };
int vm_read(FILE *, struct vm *, char *, size_t);
int vm_check(const struct vm *, char *, size_t);
void vm_show(const struct vm *);
#endif
