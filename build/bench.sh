#!/usr/bin/env bash
# Builds and runs the benchmarks: one table of ratios, each measured side by side with its baseline. --quick only shows that they work.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# With --only GROUP nothing is built or started that the group does not measure.
only=$(sed -nE 's/^(.* )?--only ([a-z0-9]+)( .*)?$/\2/p' <<< "$*")
wants() { [ -z "$only" ] || [[ " $* " == *" $only "* ]]; }
trap 'for engine in ${started:-}; do bash "build/engines/$engine/down.sh"; done' EXIT

# S3 and the engines are measured if they can be had.
export PATH=$PATH:/usr/sbin
if wants s3 && bash build/engines/s3/up.sh; then . artifacts/engines/s3/env && started="${started:-} s3"; fi
if wants engines && bash build/engines/slurm/up.sh; then . artifacts/engines/slurm/env && started="${started:-} slurm"; fi
if wants engines && [ -z "${KUBECONFIG:-}" ] && bash build/engines/kubernetes/up.sh; then . "${K8S_HOME:-$HOME/.cache/flowgen-k8s}/run/env" && started="${started:-} kubernetes"; fi

programs=artifacts/bench/programs
if wants start; then
    for program in Empty FourSteps; do
        project=tests/Benchmarks/Programs/$program
        dotnet publish "$project" -c Release -v q --ucr -p:Native=true -o "$programs/aot"
        dotnet publish "$project" -c Release -v q -o "$programs/jit"
    done
    # Workers and an image as everybody gets them, but for the folders.
    flow=tests/Benchmarks/Programs/FourSteps
    dotnet build "$flow" -c Release -v q -t:PackFlowImage -p:FlowImageArchive="$PWD/$programs/FourSteps.oci.tar"
    dotnet build "$flow" -c Release -v q -t:PublishFlowWorker -p:FlowWorker=r2r
    rm -rf "$programs"/worker-*
    cp -r "$flow/obj/flowgen/worker/linux-x64-static" "$programs/worker-static"
    cp -r "$flow/obj/flowgen/worker/linux-x64" "$programs/worker-r2r"
fi
if wants engines; then
    dotnet build tests/Benchmarks/Programs/Naps -c Release -v q -t:PublishFlowWorker
    rm -rf "$programs/naps" && mkdir -p "$programs"
    cp -r tests/Benchmarks/Programs/Naps/obj/flowgen/worker/linux-x64 "$programs/naps"
fi
if wants long; then dotnet publish samples/Bootstrap -c Release -v q -p:PublishAot=false --self-contained false -o "$programs/bootstrap"; fi
dotnet build tests/Benchmarks -c Release -v q
dotnet run --project tests/Benchmarks -c Release --no-build -- --programs "$programs" "$@"
