#!/usr/bin/env bash
# Builds and runs the benchmarks: one table of ratios, each measured side by side with its baseline. --quick only shows that they work.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# S3 is measured if its server can be had.
if bash build/engines/s3/up.sh; then
    . artifacts/engines/s3/env
fi

# So are the engines.
export PATH=$PATH:/usr/sbin
if bash build/engines/slurm/up.sh; then . artifacts/engines/slurm/env; fi
if [ -z "${KUBECONFIG:-}" ] && bash build/engines/kubernetes/up.sh; then . "${K8S_HOME:-$HOME/.cache/flowgen-k8s}/run/env" && started_kubernetes=yes; fi
trap 'bash build/engines/s3/down.sh; bash build/engines/slurm/down.sh; [ -z "${started_kubernetes:-}" ] || bash build/engines/kubernetes/down.sh' EXIT

programs=artifacts/bench/programs
for program in Empty FourSteps; do
    project=tests/Benchmarks/Programs/$program
    dotnet publish "$project" -c Release -v q --ucr -p:Native=true -o "$programs/aot"
    dotnet publish "$project" -c Release -v q -o "$programs/jit"
done
# Workers and an image as everybody gets them, but for the folders.
flow=tests/Benchmarks/Programs/FourSteps
dotnet build "$flow" -c Release -v q -t:PackFlowImage -p:FlowImageArchive="$PWD/$programs/FourSteps.oci.tar"
dotnet build "$flow" -c Release -v q -t:PublishFlowWorker -p:FlowWorker=r2r
dotnet build tests/Benchmarks/Programs/Naps -c Release -v q -t:PublishFlowWorker -p:FlowWorker=r2r
rm -rf "$programs"/worker-* "$programs/naps"
cp -r tests/Benchmarks/Programs/Naps/obj/flowgen/worker/linux-x64 "$programs/naps"
cp -r "$flow/obj/flowgen/worker/linux-x64-static" "$programs/worker-static"
cp -r "$flow/obj/flowgen/worker/linux-x64" "$programs/worker-r2r"
dotnet publish samples/Bootstrap -c Release -v q -p:PublishAot=false --self-contained false -o "$programs/bootstrap"
dotnet build tests/Benchmarks -c Release -v q
dotnet run --project tests/Benchmarks -c Release --no-build -- --programs "$programs" "$@"
