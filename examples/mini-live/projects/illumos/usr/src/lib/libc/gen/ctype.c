/* ctype: one table, indexed by byte; bytes above 127 belong to no class. */
#include <ctype.h>
#define CTL _CT_C
#define SPC (_CT_C | _CT_S)
#define PUN _CT_P
#define DIG _CT_N
#define UPX (_CT_U | _CT_X)
#define UPR _CT_U
#define LOX (_CT_L | _CT_X)
#define LOW _CT_L
const unsigned char _ctype[256] = {
	[0 ... 8] = CTL, [9 ... 13] = SPC, [14 ... 31] = CTL, [' '] = _CT_S, ['!' ... '/'] = PUN,
	['0' ... '9'] = DIG, [':' ... '@'] = PUN, ['A' ... 'F'] = UPX, ['G' ... 'Z'] = UPR,
	['[' ... '`'] = PUN, ['a' ... 'f'] = LOX, ['g' ... 'z'] = LOW, ['{' ... '~'] = PUN, [127] = CTL,
};
#define CLASS(name, bits) int name(int c) { return (c >= 0 && c < 256 && (_ctype[c] & (bits)) != 0); }
CLASS(isalpha, _CT_U | _CT_L)
CLASS(isdigit, _CT_N)
CLASS(isalnum, _CT_U | _CT_L | _CT_N)
CLASS(isspace, _CT_S)
CLASS(isupper, _CT_U)
CLASS(islower, _CT_L)
CLASS(ispunct, _CT_P)
CLASS(iscntrl, _CT_C)
CLASS(isxdigit, _CT_N | _CT_X)
int
isprint(int c)
{
	return (c >= ' ' && c < 127);
}
int
toupper(int c)
{
	return (islower(c) ? c - 'a' + 'A' : c);
}
int
tolower(int c)
{
	return (isupper(c) ? c - 'A' + 'a' : c);
}
