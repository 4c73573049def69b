#!/usr/bin/env bash
# Measures how long image builds take, against the Dockerfile that Visual Studio scaffolds for the same app, in one run.
# Machines are noisy: read the ratios, not the seconds.
#
#   ./build/bench.sh      three repetitions
#   ./build/bench.sh 5    five
set -euo pipefail
cd "$(dirname "$0")/.."

# shellcheck source=setup.sh
. build/setup.sh
multistage_setup

work=$(mktemp -d "${TMPDIR:-/tmp}/multistage-bench.XXXXXX")
clean_up() {
  rm -rf "$work"
  multistage_teardown
}
trap clean_up EXIT

version=0.0.0-bench.$(date +%Y%m%d%H%M%S)
dotnet pack src/MultiStage.Build.Tasks --configuration Release --output "$work/feed" -p:Version="$version" --verbosity quiet --nologo
dotnet run build/bench.cs -- testassets/Shop "$work" "$version" "${1:-3}" artifacts/bench
