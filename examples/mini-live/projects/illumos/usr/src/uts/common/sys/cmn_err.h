/* sys/cmn_err.h: messages of the kernel. */
#ifndef _SYS_CMN_ERR_H
#define _SYS_CMN_ERR_H
#define CE_CONT 0
#define CE_NOTE 1
#define CE_WARN 2
#define CE_PANIC 3
void cmn_err(int, const char *, ...) __attribute__((format(printf, 2, 3)));
#endif
