/* sysinfo: what this machine is, as JSON; a number that is not known is null. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <kstat.h>
#include "json.h"
int
main(void)
{
	struct utsname u;
	kstat_t *k = kstat_open();
	const kstat_t *cpu = kstat_lookup(k, "cpu_info", 0, NULL), *mem = kstat_lookup(k, "unix", 0, "system_pages");
	memset(&u, 0, sizeof (u));
	(void)uname(&u);
	json_open();
	json_string("Live Image", u.version);
	json_string("System Type", u.sysname);
	json_string("Hostname", u.nodename);
	json_number("CPU Total Cores", cpu == NULL ? -1 : (long)kstat_value(cpu, "ncore_per_chip"));
	json_number("MiB of Memory", mem == NULL ? -1 : (long)(kstat_value(mem, "physmem") / 256));
	json_close();
	kstat_close(k);
	return (0);
}
