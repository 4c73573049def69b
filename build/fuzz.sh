#!/usr/bin/env bash
# Gives every reader of foreign files new random inputs for some time each, guided by the branches that they take (SharpFuzz),
# and keeps what makes one fail in the corpus:
#
#   ./build/fuzz.sh [seconds for each reader, 180 by default] [reader]
set -euo pipefail
cd "$(dirname "$0")/.."
version=2.3.0 fuzz=artifacts/fuzz
dotnet build tests/MultiStage.Build.Tests --configuration Release --verbosity quiet --nologo
rm -rf "$fuzz/run"
mkdir -p "$fuzz"
cp -r tests/MultiStage.Build.Tests/bin/Release/net10.0 "$fuzz/run"
[ -x "$fuzz/sharpfuzz/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version "$version" --tool-path "$fuzz/sharpfuzz"
cp "$(find "$fuzz/sharpfuzz" -path '*net10.0*' -name SharpFuzz.Common.dll | head -1)" "$fuzz/run/"
# Without the list of what belongs to it, a program loads whatever lies beside it.
rm "$fuzz/run/MultiStage.Build.Tests.deps.json"
"$fuzz/sharpfuzz/sharpfuzz" "$fuzz/run/MultiStage.Build.Core.dll"
MULTISTAGE_FUZZ_SECONDS=${1:-180} MULTISTAGE_FUZZ_READER=${2:-} nice -n 19 dotnet "$fuzz/run/MultiStage.Build.Tests.dll" \
  --progress off --output Detailed --filter "FullyQualifiedName~ReadersTakeAnything"
