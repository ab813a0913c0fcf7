#!/usr/bin/env bash
# Installs what the tests need, starts an S3 server, builds, runs all tests (arguments go to `dotnet test`) and ends with one line: N passed, N failed.
# With --long the random tests draw about a hundred times as much, which takes hours.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

for argument; do
    shift
    if [ "$argument" = --long ]; then export FLOWGEN_LONG=1; else set -- "$@" "$argument"; fi
done

finish() { # passed failed
    echo "$1 passed, $2 failed"
    exit $(($2 > 0))
}

# Native AOT links with the C compiler of the machine.
if ! command -v gcc > /dev/null || ! command -v ld > /dev/null; then
    sudo=$([ "$(id -u)" = 0 ] || command -v sudo || true)
    command -v apt-get > /dev/null && $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends gcc libc6-dev binutils \
        || echo "gcc and binutils are missing and could not be installed: the tests of native AOT will fail." >&2
fi

# The S3 server starts while the solution builds. If it cannot, the tests that need it fail and say so.
s3=artifacts/engines/s3 log=$(mktemp) s3_log=$(mktemp)
trap 'wait "${s3_start:-}" 2> /dev/null; bash build/engines/s3/down.sh "$s3"; rm -f "$log" "$s3_log"' EXIT
bash build/engines/s3/up.sh "$s3" > "$s3_log" 2>&1 &
s3_start=$!

dotnet build FlowGen.sln -c Release -v q || { echo "The build failed." >&2; finish 0 1; }

if wait "$s3_start" && [ -f "$s3/env" ]; then
    . "$s3/env"
else
    cat "$s3_log" >&2
    export FLOWGEN_TEST_S3="the S3 server could not be started by build/engines/s3/up.sh: $(tail -n 1 "$s3_log")"
    echo "$FLOWGEN_TEST_S3" >&2
fi

[ $# = 0 ] || set -- "$@" --ignore-exit-code 8 # A filter may leave a project without tests.
dotnet test --solution FlowGen.sln -c Release --no-build "$@" 2>&1 | tee "$log"
status=$?

# The summary ends the log; "error" counts the projects that crashed. What only the exit code tells is a failure too.
count() { sed -nE "s/^  $1: ([0-9]+).*/\1/p" "$log" | tail -n 1 | grep . || echo 0; }
passed=$(count succeeded) failed=$(($(count failed) + $(count error)))
[ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
[ "$((passed + failed))" != 0 ] || failed=1
finish "$passed" "$failed"
