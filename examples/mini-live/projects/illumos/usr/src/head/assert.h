/* assert.h: a broken assumption ends the program with the place named. */
#undef assert
#ifndef DEBUG
#define assert(e) ((void)0)
#else
extern void __assert_fail(const char *, const char *, int);
#define assert(e) ((e) ? (void)0 : __assert_fail(#e, __FILE_NAME__, __LINE__))
#endif
