# apply-patch.awk: applies a unified diff to files of the current folder (the first folder of a path
# is dropped, as patch -p1 does). No fuzz: a line that is not as the patch says ends it with status 1.
function bad(why) {
	printf "patch does not apply: %s: %s\n", name, why > "/dev/stderr"
	failed = 1
	exit 1
}
function flush_file(   i) {
	if (name == "")
		return
	while (at <= total)
		out[++made] = old[at++]
	printf "" > name
	for (i = 1; i <= made; i++)
		print out[i] > name
	close(name)
	name = ""
}
function read_file(   line) {
	total = made = 0
	at = 1
	while ((getline line < name) > 0)
		old[++total] = line
	close(name)
	if (total == 0)
		bad("no such file, or empty")
}
/^--- / { flush_file(); next }
/^\+\+\+ / { name = $2; sub(/^[^\/]*\//, "", name); read_file(); next }
/^@@ / {
	split(substr($2, 2), range, ",")
	while (at < range[1])
		out[++made] = old[at++]
	next
}
name == "" { next }
/^ / || /^$/ { if (old[at] != substr($0, 2)) bad("line " at " differs"); out[++made] = old[at++]; next }
/^-/ { if (old[at] != substr($0, 2)) bad("line " at " differs"); at++; next }
/^\+/ { out[++made] = substr($0, 2); next }
END { if (!failed) flush_file(); exit failed }
