#!/usr/bin/env bash
# Installs what the tests need, runs them all, and ends with one line: N passed, N failed.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp); trap 'rm -f "$log"' EXIT
status=0
dotnet build -c Release -v q -clp:NoSummary || { echo "The build failed."; echo "0 passed, 1 failed"; exit 1; }
dotnet test --solution FlowGen.sln -c Release --no-build "$@" 2>&1 | tee "$log" || status=$?
awk '/^  failed:/{f=$2}/^  succeeded:/{p=$2}END{printf "%d passed, %d failed\n",p,f}' "$log"
exit "$status"
