/* json.h: one flat object on stdout. */
#ifndef JSON_H
#define JSON_H
void json_open(void);
void json_string(const char *, const char *);
void json_number(const char *, long);
void json_close(void);
#endif
