#!/usr/bin/env bash
# Fetches the JSON schema that Argo publishes, for the tests that check manifests against it, and says where it is. Kept outside of the repository, and fetched once.
#   build/engines/argo/schema.sh [VERSION]
set -euo pipefail
version=${1:-v4.1.2}
home=${ARGO_HOME:-$HOME/.cache/flowgen-argo}
mkdir -p "$home"
if [ ! -f "$home/schema.json" ] || [ "$(cat "$home/version" 2> /dev/null)" != "$version" ]; then
    curl -fsSL "https://raw.githubusercontent.com/argoproj/argo-workflows/$version/api/jsonschema/schema.json" -o "$home/schema.json.new"
    mv "$home/schema.json.new" "$home/schema.json"
    echo "$version" > "$home/version"
fi
echo "export FLOWGEN_TEST_ARGO_SCHEMA=$home/schema.json"
