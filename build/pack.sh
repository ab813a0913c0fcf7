#!/usr/bin/env bash
# Packs FlowGen.nupkg into artifacts/packages.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet pack src/Build/FlowGen -c Release -o artifacts/packages -p:ContinuousIntegrationBuild=true "$@"
