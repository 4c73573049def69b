#!/usr/bin/env bash
# Measures how long it takes from an edit to an image, against the Dockerfile that Visual Studio scaffolds, with and
# without a cache mount for packages, the .NET SDK's PublishContainer, and a plain publish on the host, all in one run.
# Scenarios: cold, nothing new, edits in the published project and in a leaf library, a file added, a changed
# Directory.Build.props, a new commit, a package added, and the first build of a second service that shares the
# libraries. "Cold" empties the compile cache of the daemon that it runs on.
# Machines are noisy: read the ratios, not the seconds.
#
#   ./build/bench.sh                       apps of 1, 8 and 40 projects, three repetitions (about an hour)
#   ./build/bench.sh --projects 8          one size, or several: 1,8
#   ./build/bench.sh --repetitions 5
#   ./build/bench.sh --app FOLDER --publish src/Web/Web.csproj --leaf src/Core/Core.csproj
#                                          an app of yours: its folder, the project that is published and a library
#                                          that references none; it is copied and edited there
#   ./build/bench.sh --hosted              instead: ContainerPublishMode=Host and the sdk engine, against PublishContainer and
#                                          a publish on the host
#   ./build/bench.sh --services            instead: four services as a solution, one after the other, and with bake
#   ./build/bench.sh --no-servers          without the compiler server and build nodes that stay between builds, which
#                                          a developer's machine has and some CI agents have not
#   ./build/bench.sh --growth              instead: how this package's own costs grow, with 1, 10, 40 and 150 projects
#   ./build/bench.sh --sizes               instead: what it costs to measure an image, against docker save (a few minutes)
#
# Tables, plots and raw figures are left in artifacts/bench.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  echo "bench: usage: $0 [--projects 1,8,40 | --app FOLDER --publish PROJECT --leaf PROJECT | --services | --growth | --sizes] [--hosted] [--repetitions 3] [--no-servers]" >&2
  exit 2
}

projects='' repetitions=3 sizes='' growth='' app='' publish='' leaf='' servers=yes way='' output=artifacts/bench
while [ $# -gt 0 ]; do
  case $1 in
    --projects) projects=$2 ;;
    --repetitions) repetitions=$2 ;;
    --app) app=$(cd "$OLDPWD" && cd "$2" && pwd) ;;
    --publish) publish=$2 ;;
    --leaf) leaf=$2 ;;
    --hosted | --services) way=${1#--}; shift; continue ;;
    --no-servers) servers=no output=artifacts/bench/no-servers; shift; continue ;;
    --sizes) sizes=1; shift; continue ;;
    --growth) growth=1; shift; continue ;;
    *) usage ;;
  esac
  shift 2
done
if [ -n "$app$publish$leaf" ] && { [ -z "$app" ] || [ -z "$publish" ] || [ -z "$leaf" ]; }; then
  usage
fi

# shellcheck source=setup.sh
. build/setup.sh
multistage_setup

work=$(mktemp -d "${TMPDIR:-/tmp}/multistage-bench.XXXXXX")
clean_up() {
  rm -rf "$work"
  multistage_teardown
}
trap clean_up EXIT

if [ -n "$sizes" ]; then
  dotnet build build/bench --configuration Release --output "$work/bench" --verbosity quiet --nologo
  dotnet "$work/bench/Bench.dll" sizes "$work" "$repetitions" artifacts/bench
  exit
fi

version=0.0.0-bench.$(date +%Y%m%d%H%M%S)
dotnet pack src/MultiStage.Build.Tasks --configuration Release --output "$work/feed" -p:Version="$version" --verbosity quiet --nologo
dotnet build build/bench --configuration Release --output "$work/bench" --verbosity quiet --nologo
# Whatever this machine has set. Nodes are this run's own, and end when nothing asks them any more.
unset UseSharedCompilation MSBUILDDISABLENODEREUSE
export MSBUILDNODEHANDSHAKESALT=$work
if [ "$servers" = no ]; then
  export UseSharedCompilation=false MSBUILDDISABLENODEREUSE=1
fi
if [ -n "$growth" ]; then
  dotnet "$work/bench/Bench.dll" growth . "$work" "$version" "$repetitions" "${projects:-1,10,40,150}" artifacts/bench
  exit
fi

dotnet "$work/bench/Bench.dll" ${way:+"$way"} . "$work" "$version" "$repetitions" "${projects:-1,8,40}" "$output" \
  ${app:+"$app" "$publish" "$leaf"}
