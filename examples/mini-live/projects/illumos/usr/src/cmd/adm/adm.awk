# adm.awk: the lines of one tool as C tables. A line is tool|verb|operands|least|most|device|summary,
# or tool|@property|kind|values|initial.
BEGIN { FS = "|" }
/^#/ || $1 != want { next }
$2 ~ /^@/ {
	if (NF != 5) { print "adm.awk: line " FNR ": a property has 5 fields" > "/dev/stderr"; exit 1 }
	p[++np] = sprintf("\t{ \"%s\", \"%s\", \"%s\", \"%s\" },", substr($2, 2), $3, gensub_bars($4), $5)
	next
}
{
	if (NF != 7) { print "adm.awk: line " FNR ": a verb has 7 fields" > "/dev/stderr"; exit 1 }
	v[++nv] = sprintf("\t{ \"%s\", \"%s\", \"%s\", \"%s\", %d, %d },", $2, $3, $7, $6, $4, $5)
}
function gensub_bars(s) { gsub(/,/, "|", s); return s }
END {
	printf "/* %s: made by adm.awk from adm.tab. */\n#include <libcmdutils.h>\n", want
	print "static const struct subcommand verbs[] = {"
	for (i = 1; i <= nv; i++) print v[i]
	print "};"
	if (np) {
		print "static const struct property properties[] = {"
		for (i = 1; i <= np; i++) print p[i]
		print "};"
	}
	print "int\nmain(int argc, char **argv)\n{"
	printf "\treturn (subcommand_main(argc, argv, verbs, %d, %s, %d));\n}\n", nv, np ? "properties" : "NULL", np + 0
}
