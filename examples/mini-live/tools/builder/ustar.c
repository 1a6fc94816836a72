/* ustar: POSIX headers with the manifest's owner and mode; all times are MTIME, so the same input
   gives the same bytes. */
#include <string.h>
#include <stdlib.h>
#include "builder.h"
#define MTIME 1342051200L
static int
name_split(char *h, const char *path)
{
	size_t n = strlen(path);
	const char *slash;
	if (n <= 100) {
		memcpy(h, path, n);
		return (0);
	}
	for (slash = path + n - 101; *slash != '\0' && *slash != '/'; slash++)
		;
	if (*slash == '\0' || slash - path > 155)
		return (-1);
	memcpy(h + 345, path, (size_t)(slash - path));
	memcpy(h, slash + 1, strlen(slash + 1));
	return (0);
}
int
tar_entry(FILE *out, const struct entry *e, const char *source, long size)
{
	char h[512] = { 0 }, name[520], buf[65536];
	unsigned int sum = 0;
	long left = size;
	FILE *in;
	snprintf(name, sizeof (name), "%s%s", e->path, e->type == 'd' ? "/" : "");
	if (name_split(h, name) != 0 || strlen(e->target) > 100) {
		fprintf(stderr, "builder: %s: name too long for the archive\n", e->path);
		return (-1);
	}
	snprintf(h + 100, 8, "%07o", e->mode & 07777);
	snprintf(h + 108, 8, "%07o", (unsigned int)(e->uid < 0 ? 0 : e->uid) & 07777777);
	snprintf(h + 116, 8, "%07o", (unsigned int)(e->gid < 0 ? 0 : e->gid) & 07777777);
	snprintf(h + 124, 12, "%011lo", (unsigned long)size);
	snprintf(h + 136, 12, "%011lo", (unsigned long)MTIME);
	h[156] = e->type == 'd' ? '5' : e->type == 's' ? '2' : e->type == 'h' ? '1' : '0';
	memcpy(h + 157, e->target, strlen(e->target));
	memcpy(h + 257, "ustar\00000", 8);
	snprintf(h + 265, 32, "%s", e->user);
	snprintf(h + 297, 32, "%s", e->group);
	memset(h + 148, ' ', 8);
	for (int i = 0; i < 512; i++)
		sum += (unsigned char)h[i];
	snprintf(h + 148, 8, "%06o", sum);
	fwrite(h, 1, 512, out);
	if (e->type != 'f')
		return (ferror(out) ? -1 : 0);
	in = fopen(source, "rb");
	if (in == NULL)
		return (-1);
	while (left > 0) {
		size_t want = left < (long)sizeof (buf) ? (size_t)left : sizeof (buf), n = fread(buf, 1, want, in);
		if (n == 0)
			break;
		fwrite(buf, 1, n, out);
		left -= (long)n;
	}
	fclose(in);
	memset(buf, 0, 512);
	fwrite(buf, 1, (size_t)((512 - size % 512) % 512), out);
	return (left != 0 || ferror(out) ? -1 : 0);
}
int
tar_end(FILE *out)
{
	static const char zero[1024];
	fwrite(zero, 1, sizeof (zero), out);
	return (ferror(out) || fflush(out) != 0 ? -1 : 0);
}
