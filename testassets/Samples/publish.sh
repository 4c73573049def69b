#!/bin/sh
# Builds the image, holds it against its budget, and only then names it; with a registry it is pushed as well.
#
#   ./publish.sh 1.4.0
#   ./publish.sh 1.4.0 registry.example.com
set -eu
version=${1:?usage: publish.sh <version> [<registry>]}
registry=${2:-}
cd "$(dirname "$0")"

# Quotes inside the quotes: a bare semicolon would end the property for dotnet.
dotnet publish Web -p:PublishMultiStage=true -p:Version="$version" "-p:ContainerImageTags=\"$version;latest\"" \
  ${registry:+-p:ContainerRegistry="$registry"}
