/* manifest: one entry a line, as the platform's manifest has them; a wrong line ends the program. */
#ifndef MANIFEST_H
#define	MANIFEST_H
struct entry {
	char type;		/* d f s h */
	char path[1024];
	char target[1024];	/* of a link, else empty */
};
/* Calls back for every entry; returns how many there were. */
long manifest_read(const char *file, void (*each)(const struct entry *, void *), void *arg);
/* True when the manifest has the path, after manifest_load. */
void manifest_load(const char *file);
const struct entry *manifest_find(const char *path);
const struct entry *manifest_at(long i);
long manifest_count(void);
#endif
