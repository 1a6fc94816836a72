/* stdio.h: buffered streams; a FILE is either a descriptor or a string being written. */
#ifndef _STDIO_H
#define _STDIO_H
#include <stddef.h>
#include <stdarg.h>
#define EOF (-1)
#define BUFSIZ 4096
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
typedef struct __file {
	int fd, flags, pushed;
	size_t pos, len;
	unsigned char *buf;
} FILE;
#define _F_READ 1
#define _F_WRITE 2
#define _F_EOF 4
#define _F_ERR 8
#define _F_LINE 16
extern FILE __iob[3];
#define stdin (&__iob[0])
#define stdout (&__iob[1])
#define stderr (&__iob[2])
FILE *fopen(const char *, const char *);
int fclose(FILE *);
int fflush(FILE *);
int fgetc(FILE *);
int ungetc(int, FILE *);
int fputc(int, FILE *);
char *fgets(char *, int, FILE *);
long getline(char **, size_t *, FILE *);
int fputs(const char *, FILE *);
int puts(const char *);
size_t fread(void *, size_t, size_t, FILE *);
size_t fwrite(const void *, size_t, size_t, FILE *);
int printf(const char *, ...) __attribute__((format(printf, 1, 2)));
int fprintf(FILE *, const char *, ...) __attribute__((format(printf, 2, 3)));
int snprintf(char *, size_t, const char *, ...) __attribute__((format(printf, 3, 4)));
int vfprintf(FILE *, const char *, va_list);
int vsnprintf(char *, size_t, const char *, va_list);
void perror(const char *);
int __fill(FILE *);
#define getc(f) fgetc(f)
#define getchar() fgetc(stdin)
#define putc(c, f) fputc((c), (f))
#define putchar(c) fputc((c), stdout)
#define feof(f) ((f)->flags & _F_EOF)
#define ferror(f) ((f)->flags & _F_ERR)
#define fileno(f) ((f)->fd)
#endif
