#!/usr/bin/env bash
# Gives every reader of foreign files new random inputs for some time each, and keeps what makes one fail in the corpus:
#
#   ./build/fuzz.sh [seconds for each reader, 180 by default] [reader]
set -euo pipefail
cd "$(dirname "$0")/../tests"
dotnet build MultiStage.Build.Tests --configuration Release --verbosity quiet --nologo
MULTISTAGE_FUZZ_SECONDS=${1:-180} nice -n 19 dotnet test --project MultiStage.Build.Tests --configuration Release --no-build \
  --filter "FullyQualifiedName~ReadersTakeAnything${2:+&DisplayName~$2}"
