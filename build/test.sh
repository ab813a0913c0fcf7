#!/usr/bin/env bash
# Installs what the tests need, starts an S3 server and a Slurm cluster, builds, runs all tests (arguments go to `dotnet test`) and ends with one line: N passed, N failed.
# The tests of Kubernetes need a cluster: the one that KUBECONFIG names, else one that is started if its programs are built on this machine (build/engines/kubernetes/up.sh --build); else they are skipped.
# With --long the random tests draw about a hundred times as much, which takes hours.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

for argument; do
    shift
    if [ "$argument" = --long ]; then export FLOWGEN_LONG=1; else set -- "$@" "$argument"; fi
done

finish() { # passed failed
    [ -z "${without_kubernetes:-}" ] || echo "$without_kubernetes"
    [ -n "${FLOWGEN_TEST_ARGO_SCHEMA:-}" ] || echo "The check of workflows against Argo's schema was skipped: build/engines/argo/schema.sh fetches the schema, once."
    echo "$1 passed, $2 failed"
    exit $(($2 > 0))
}

# Native code is linked by the C compiler of the machine, static code with its libraries too. Images are pushed to a registry, taken apart and run.
export PATH=$PATH:/usr/sbin
if ! type gcc ld cmake make docker-registry skopeo umoci runc > /dev/null 2>&1 || ! [ -f /usr/include/openssl/ssl.h ]; then
    sudo=$([ "$(id -u)" = 0 ] || command -v sudo || true)
    command -v apt-get > /dev/null && $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends gcc libc6-dev binutils libssl-dev cmake make ca-certificates docker-registry skopeo umoci runc \
        || echo "a C compiler, libssl-dev, cmake, make, docker-registry, skopeo, umoci or runc is missing and could not be installed: tests of workers and images will fail." >&2
fi

# A store is read from Python too.
if ! /usr/bin/python3 -c 'import msgpack, zstandard' 2> /dev/null; then
    sudo=$([ "$(id -u)" = 0 ] || command -v sudo || true)
    command -v apt-get > /dev/null && $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends python3 python3-msgpack python3-zstandard \
        || echo "python3-msgpack and python3-zstandard are missing and could not be installed: the tests of the reader in Python will fail." >&2
fi

# The servers start while the solution builds. If one cannot, the tests that need it fail and say so.
engines=artifacts/engines log=$(mktemp)
trap 'wait "${start_s3:-}" "${start_slurm:-}" "${start_kubernetes:-}" 2> /dev/null; for engine in s3 slurm; do bash "build/engines/$engine/down.sh" "$engines/$engine"; done; [ -z "${start_kubernetes:-}" ] || bash build/engines/kubernetes/down.sh; rm -f "$log" "$log".*' EXIT
bash build/engines/s3/up.sh "$engines/s3" > "$log.s3" 2>&1 &
start_s3=$!
bash build/engines/slurm/up.sh "$engines/slurm" > "$log.slurm" 2>&1 &
start_slurm=$!
argo=${ARGO_HOME:-$HOME/.cache/flowgen-argo}/schema.json
[ -n "${FLOWGEN_TEST_ARGO_SCHEMA:-}" ] || [ ! -f "$argo" ] || export FLOWGEN_TEST_ARGO_SCHEMA=$argo
kubernetes=${K8S_HOME:-$HOME/.cache/flowgen-k8s} without_kubernetes=
if [ -n "${KUBECONFIG:-}" ]; then :
elif [ "$(id -u)" != 0 ] || [ ! -x "$kubernetes/kubelet" ]; then
    without_kubernetes="The tests of Kubernetes were skipped: KUBECONFIG is not set, and no cluster is built on this machine (build/engines/kubernetes/up.sh --build)."
elif [ -f "$kubernetes/run/env" ] && kill -0 "$(cat "$kubernetes/run/apiserver.pid" 2> /dev/null)" 2> /dev/null; then
    . "$kubernetes/run/env" # Somebody else's: it is left alone.
else
    bash build/engines/kubernetes/up.sh > "$log.kubernetes" 2>&1 &
    start_kubernetes=$!
fi

dotnet build FlowGen.sln -c Release -v q || { echo "The build failed." >&2; finish 0 1; }

started() { # process engine variable
    if wait "$1" && [ -f "$engines/$2/env" ]; then
        . "$engines/$2/env"
    else
        cat "$log.$2" >&2
        export "$3=$2 could not be started by build/engines/$2/up.sh: $(tail -n 1 "$log.$2")"
        echo "${!3}" >&2
    fi
}
started "$start_s3" s3 FLOWGEN_TEST_S3
started "$start_slurm" slurm FLOWGEN_TEST_SLURM
if [ -n "${start_kubernetes:-}" ]; then
    if wait "$start_kubernetes"; then . "$kubernetes/run/env"; else without_kubernetes="The tests of Kubernetes were skipped: the cluster could not be started by build/engines/kubernetes/up.sh: $(tail -n 1 "$log.kubernetes")"; fi
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
