#!/usr/bin/env bash
# Stops what up.sh started in DIR (default artifacts/engines/s3): the gateway before its storage; what does not end in 5 s is killed.
cd "$(dirname "$0")/../../.."
dir=$(realpath -m "${1:-artifacts/engines/s3}")
rm -f "$dir/env"
for file in "$dir"/client.rgw.pid "$dir"/osd.0.pid "$dir"/mon.a.pid; do
    pid=$(cat "$file" 2> /dev/null) || continue
    # The number may belong to somebody else by now.
    grep -qs "$dir" "/proc/$pid/cmdline" || continue
    kill "$pid"
    for _ in $(seq 50); do kill -0 "$pid" 2> /dev/null || break; sleep .1; done
    kill -9 "$pid" 2> /dev/null
done
exit 0
