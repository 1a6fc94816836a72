/* libscf.h: a service is svc:/name:instance. */
#ifndef _LIBSCF_H
#define _LIBSCF_H
#include <stddef.h>
typedef enum { SCF_UNINITIALIZED, SCF_OFFLINE, SCF_ONLINE, SCF_DISABLED, SCF_MAINTENANCE, SCF_DEGRADED, SCF_STATES } scf_state_t;
struct scf_fmri { char service[128], instance[64], group[64]; };
int scf_parse_fmri(const char *, struct scf_fmri *);
const char *scf_state_name(scf_state_t);
scf_state_t scf_state_from(const char *);
int scf_may_change(scf_state_t, scf_state_t);
int scf_match(const struct scf_fmri *, const char *);
#endif
