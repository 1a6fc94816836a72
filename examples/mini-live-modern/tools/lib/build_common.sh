# build_common.sh: how the tools say what they do: a step with its end, a fact, and why they stopped.
step_open=no

banner() {
	printf '\n### %s %s\n\n' "$1" "$(printf '#%.0s' $(seq $((70 - ${#1}))))"
}

emit_start() {
	step_name=$1 step_open=yes step_at=$SECONDS
	printf '%-60s... ' "$1"
}

emit_done() {
	[[ $step_open = yes ]] || printf '%-60s... ' "(cont.) $step_name"
	local took=$((SECONDS - step_at))
	if [[ $took -gt 1 ]]; then echo "done (${took}s)"; else echo "done"; fi
	step_open=no
}

emit_info() {
	[[ $step_open = yes ]] && echo
	step_open=no
	printf '  * %s: "%s"\n' "$1" "$2"
}

fail() {
	[[ $step_open = yes ]] && echo
	printf '%s: ERROR: %s\n' "$(basename "$0")" "$1" >&2
	[[ -z $2 ]] || sed 's/^/  | /' <<< "$2" >&2
	exit 1
}
