#!/usr/bin/env bash
# Shows the main job on a real app: packs MultiStage.Build, publishes a web app of eight projects as an image, runs it,
# asks it, compares its size with that of a single-stage image, and lets a budget reject a build.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD

# shellcheck source=setup.sh
. build/setup.sh
multistage_setup

work=$(mktemp -d "${TMPDIR:-/tmp}/multistage-try.XXXXXX")
image=multistage-try-shop
container=
rejected=

clean_up() {
  cd "$repository"
  [ -z "$container" ] || docker rm --force "$container" >/dev/null || :
  for made in "$image:latest" "$image:latest-builder" $rejected; do
    docker image rm --force "$made" >/dev/null 2>&1 || :
  done
  rm -rf "$work"
  multistage_teardown
}
trap clean_up EXIT

headline() { printf '\n=== %s\n' "$1"; }

# What a person would type, shown as typed.
run() {
  printf '$ %s\n' "$*"
  "$@"
}

publish() { run dotnet publish src/Shop.Web -p:PublishMultiStage=true -p:ContainerRepository="$image" "$@"; }

# What the last publish measured, in bytes.
size() { sed -n 's/.*"totalBytes": \([0-9]*\).*/\1/p' src/Shop.Web/obj/Release/*/multistage/size.json; }

headline "Packing MultiStage.Build"
version=0.0.0-try.$(date +%Y%m%d%H%M%S)
# A package folder of its own: nothing of this try stays behind in the user's.
dotnet pack src/MultiStage.Build.Tasks --configuration Release --output "$work/shop/feed" -p:Version="$version" --verbosity quiet --nologo
export NUGET_PACKAGES=$work/packages

headline "An app of eight projects gets one package reference"
cp -R "$repository/testassets/Shop/." "$work/shop"
cd "$work/shop"
cat >nuget.config <<'CONFIG'
<configuration>
  <packageSources>
    <add key="feed" value="feed" />
  </packageSources>
</configuration>
CONFIG
run dotnet add src/Shop.Web package MultiStage.Build --version "$version" >"$work/add.log" || { cat "$work/add.log"; exit 1; }
grep -n 'MultiStage.Build' src/Shop.Web/Shop.Web.csproj Directory.Packages.props

headline "Publishing it as an image, with a budget"
publish -p:ContainerSizeBudget=400MB
multi_stage=$(size)

headline "The Dockerfile it wrote"
sed 's/^/    /' src/Shop.Web/obj/Release/*/multistage/Dockerfile

headline "Running it"
container=$(docker run --detach --publish 127.0.0.1::8080 "$image:latest")
address=$(docker port "$container" 8080/tcp | head -n 1)
for _ in $(seq 1 50); do
  curl --silent --fail --output /dev/null "http://$address/health" && break
  sleep 0.2
done
run curl --silent --show-error --fail "http://$address/"
echo

headline "Its size beside a single-stage image, which keeps the SDK and the sources"
publish -p:ContainerTarget=builder >"$work/builder.log" || { cat "$work/builder.log"; exit 1; }
awk -v single="$(size)" -v multi="$multi_stage" 'BEGIN {
  printf "    single-stage   %8.1f MB\n", single / 1e6
  printf "    multi-stage    %8.1f MB   %.0f %% smaller\n", multi / 1e6, 100 * (1 - multi / single)
}'

headline "A budget that it breaks: the publish fails, and the tag stays where it was"
before=$(docker image inspect --format '{{.Id}}' "$image:latest")
# Another image than the one above, or a moved tag would not be seen.
if publish -p:ContainerSizeBudget=100MB -p:Version=2.0.0 2>&1 | tee "$work/rejected.log"; then
  echo "try: a budget of 100 MB did not reject the image" >&2
  exit 1
fi
rejected=$(sed -n 's/.*"imageId": "\(.*\)".*/\1/p' src/Shop.Web/obj/Release/*/multistage/image.json)
after=$(docker image inspect --format '{{.Id}}' "$image:latest")
[ "$before" = "$after" ] || { echo "try: the rejected image took the tag" >&2; exit 1; }
echo "    $image:latest is still $(echo "$after" | cut -c 8-19)"

headline "Done"
if [ "${MULTISTAGE_STANDINS:-}" = 1 ]; then
  echo "The base images here are stand-ins made on this machine, because the real ones could not be pulled: sizes differ from the real ones."
fi
