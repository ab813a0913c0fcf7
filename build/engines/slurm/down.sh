#!/usr/bin/env bash
# Stops what up.sh started in DIR (default artifacts/engines/slurm), by the process ids that it left there: nodes, then the controller, then munge.
cd "$(dirname "$0")/../../.."
dir=$(realpath -m "${1:-artifacts/engines/slurm}")
stop() {
    local pid
    pid=$(cat "$1" 2> /dev/null) || return 0
    # The number may belong to somebody else by now.
    grep -aqsF "$dir" "/proc/$pid/cmdline" "/proc/$pid/environ" || return 0
    kill "$pid" 2> /dev/null || return 0
    for _ in $(seq 50); do kill -0 "$pid" 2> /dev/null || return 0; sleep .1; done
    kill -9 "$pid" 2> /dev/null
}
[ ! -f "$dir/env" ] || (. "$dir/env" && timeout 5 scancel --user="$(id -un)" 2> /dev/null)
for file in "$dir"/slurmd-*.pid "$dir/slurmctld.pid" "$dir/munged.pid"; do stop "$file"; done
rm -f "$dir/env"
exit 0
