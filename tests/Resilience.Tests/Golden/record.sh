#!/usr/bin/env bash
# Records a golden store: bash record.sh PROGRAM.dll RECORDER.dll STORE.zip
# PROGRAM is a build of tests/EndToEnd.Flows with GoldenFlow.cs beside this script in it, RECORDER one of tests/Resilience.Tests (GoldenRuns.cs), as they were when they wrote the format version; without
# their .pdb files, so that no errors in the store name folders of a machine. Do this before the version grows.
set -euo pipefail
program=$(realpath "$1") recorder=$(realpath "$2") zip=$(realpath -m "$3") work=/tmp/golden
rm -rf "$work" && mkdir -p "$work" && cd "$work"
export FLOWGEN_DATASTORE=$work/store TERM=dumb
flows() { dotnet "$program" "$@"; }
! flows run golden --help | grep -q token || export FLOWGEN_PARAM_TOKEN=sesame
echo "some notes" > notes.txt

latest() { flows status --json | sed -n 's/.*"run": "\([^"]*\)".*/\1/p'; }
ended() { flows status --json | grep -cE '"status": "(succeeded|failed|skipped)",$'; }

killed() { # starts a run that waits for its gate, and kills it when everything else is done
    local before pid
    before=$(latest)
    dotnet "$program" run golden --gate "$work/$1" > "$1.log" 2>&1 &
    pid=$!
    until [ "$(latest)" != "$before" ] && [ "$(ended)" -ge $((tasks - 2)) ]; do kill -0 "$pid"; done
    kill -9 "$pid"
    wait "$pid" 2> /dev/null || true
}

FLOWGEN_GOLDEN=$work/store dotnet "$recorder" -explicit only -method "*GoldenRuns.Record" -noLogo
flows run golden --notes notes.txt --tag first --quiet
tasks=$(ended)
killed once
touch once
flows resume --quiet
flows tag latest --add gold || true
killed never
flows run long --max-parallel 1 --quiet || true
rm -rf store/tmp "$zip"
cd store && zip -q -X -r -9 "$zip" .
