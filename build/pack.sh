#!/usr/bin/env bash
# Packs FlowGen and the packages beside it into artifacts/packages.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in src/Build/FlowGen src/Runtime/FlowGen.Testing src/Runtime/FlowGen.ML src/Runtime/FlowGen.S3 src/Runtime/FlowGen.Kubernetes src/Runtime/FlowGen.Slurm src/Runtime/FlowGen.Argo; do
    dotnet pack "$project" -c Release -o artifacts/packages -p:ContinuousIntegrationBuild=true "$@"
done
