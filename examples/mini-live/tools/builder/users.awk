# users.awk: passwd and group, in this order, as two C tables.
BEGIN { FS = ":"; print "/* made by users.awk */\n#include \"builder.h\"\nconst struct id users[] = {" }
FNR == 1 && NR != 1 { print "\t{ 0, 0 }\n};\nconst struct id groups[] = {" }
NF >= 3 { printf "\t{ \"%s\", %d },\n", $1, $3 }
END { print "\t{ 0, 0 }\n};" }
