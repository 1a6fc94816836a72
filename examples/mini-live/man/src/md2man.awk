# md2man.awk: "# name(section) -- summary", "## heading", "* item", indented code, **bold**, *italic*.
function fonts(s,   out) {
	gsub(/\\/, "\\e", s)
	while (match(s, /\*\*[^*]+\*\*/))
		s = substr(s, 1, RSTART - 1) "\\fB" substr(s, RSTART + 2, RLENGTH - 4) "\\fR" substr(s, RSTART + RLENGTH)
	while (match(s, /\*[^*]+\*/))
		s = substr(s, 1, RSTART - 1) "\\fI" substr(s, RSTART + 1, RLENGTH - 2) "\\fR" substr(s, RSTART + RLENGTH)
	if (s ~ /^[.\047]/)
		s = "\\&" s
	return s
}
function code(on) {
	if (on && !incode) print ".nf"
	if (!on && incode) print ".fi"
	incode = on
}
/^# / {
	name = $2
	section = name
	sub(/\(.*/, "", name)
	gsub(/.*\(|\)/, "", section)
	printf ".TH %s %s \"mini-live\"\n.SH NAME\n", toupper(name), toupper(section)
	sub(/^# [^ ]+ -- /, "")
	printf "%s \\- %s\n", name, $0
	next
}
/^## / { code(0); sub(/^## /, ""); print ".SH " toupper($0); next }
/^    / { code(1); print fonts(substr($0, 5)); next }
/^\* / { code(0); print ".IP \\(bu 2"; print fonts(substr($0, 3)); next }
/^$/ { code(0); print ".PP"; next }
{ code(0); print fonts($0) }
END { code(0) }
