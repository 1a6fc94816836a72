/* state: which state may follow which; maintenance is left by hand only, through disabled or offline. */
#include <string.h>
#include <libuutil.h>
#include "libscf.h"
static const char *const names[SCF_STATES] = { "uninitialized", "offline", "online", "disabled", "maintenance", "degraded" };
static const unsigned char follow[SCF_STATES] = {
	[SCF_UNINITIALIZED] = 1 << SCF_OFFLINE | 1 << SCF_DISABLED | 1 << SCF_MAINTENANCE,
	[SCF_OFFLINE] = 1 << SCF_ONLINE | 1 << SCF_DISABLED | 1 << SCF_MAINTENANCE | 1 << SCF_DEGRADED,
	[SCF_ONLINE] = 1 << SCF_OFFLINE | 1 << SCF_DISABLED | 1 << SCF_MAINTENANCE | 1 << SCF_DEGRADED,
	[SCF_DISABLED] = 1 << SCF_OFFLINE,
	[SCF_MAINTENANCE] = 1 << SCF_OFFLINE | 1 << SCF_DISABLED,
	[SCF_DEGRADED] = 1 << SCF_ONLINE | 1 << SCF_OFFLINE | 1 << SCF_DISABLED | 1 << SCF_MAINTENANCE,
};
const char *
scf_state_name(scf_state_t s)
{
	return (s < SCF_STATES ? names[s] : "-");
}
scf_state_t
scf_state_from(const char *name)
{
	int s = 0;
	while (s < SCF_STATES && !uu_streq(names[s], name))
		s++;
	return ((scf_state_t)s);
}
int
scf_may_change(scf_state_t from, scf_state_t to)
{
	return (from < SCF_STATES && to < SCF_STATES && (follow[from] >> to & 1) != 0);
}
