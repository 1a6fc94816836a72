/* proto: everything below one folder of the proto area is in the manifest with its type. */
#ifndef PROTO_H
#define	PROTO_H
/* Walks ROOT/SUB; returns how many entries are missing or of another type. A missing folder has none. */
int proto_check(const char *root, const char *sub);
#endif
