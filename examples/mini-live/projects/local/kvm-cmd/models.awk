# models.awk: the table of machine models as C.
BEGIN { print "/* made by models.awk */\n#include \"kvm.h\"\nconst struct model models[] = {" }
!/^#/ && NF == 5 { printf "\t{ \"%s\", %d, %dUL, \"%s\", \"%s\" },\n", $1, $2, $3, $4, $5; n++ }
END { printf "};\nconst int model_count = %d;\n", n }
