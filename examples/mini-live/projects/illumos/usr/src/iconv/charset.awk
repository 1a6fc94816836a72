# charset.awk: the upper half of one code page as a table of 128 code points; 0 is a byte that no
# character has. A line is name, first byte, last byte, code point of the first; later lines win.
function hex(s,   i, v) {
	v = 0
	for (i = 1; i <= length(s); i++)
		v = 16 * v + index("0123456789abcdef", tolower(substr(s, i, 1))) - 1
	return v
}
!/^#/ && $1 == want {
	for (b = hex($2); b <= hex($3); b++)
		t[b] = hex($4) + b - hex($2)
}
END {
	printf "/* %s: made by charset.awk */\n#define PAGE_NAME \"%s\"\n#define PAGE_TABLE", want, want
	for (b = 128; b < 256; b++)
		printf "%s 0x%x,", b % 8 == 0 ? " \\\n\t" : "", t[b]
	print ""
}
