#!/usr/bin/env bash
# Runs every check and every test that CI runs, on a machine where nothing is prepared, and ends with the sums:
#
#   ./build/test.sh              everything
#   ./build/test.sh --no-docker  what needs no Docker daemon: format, unit, snapshot, target and reference tests
set -euo pipefail
cd "$(dirname "$0")/.."

docker=yes
case ${1:-} in
  "") ;;
  --no-docker) docker=no ;;
  *) echo "test: usage: $0 [--no-docker]" >&2; exit 2 ;;
esac

results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
failed_steps=0

step() {
  echo "test: $1"
  shift
  "$@" || { failed_steps=$((failed_steps + 1)); return 1; }
}

# What a test run reports of itself, not what it prints: the counters of its result file.
counter() {
  sed -n "s/.*<Counters[^>]*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$results"/*.trx 2>/dev/null | awk '{ sum += $1 } END { print sum + 0 }'
}

# From tests/, whose global.json chooses the test runner.
run_tests() (
  cd tests
  dotnet test --project "$1" --configuration Release --no-build --no-progress \
    --results-directory "$results" --report-trx --report-trx-filename "$1.trx"
)

if [ "$docker" = yes ]; then
  # shellcheck source=setup.sh
  . build/setup.sh
  multistage_setup --aot --browser --containerd
fi

step "building" dotnet build --configuration Release --verbosity quiet
# They read the other scripts with them. Without the set-up, a machine may have no shellcheck; what it would find, the run with Docker finds.
if [ "$docker" = yes ] || command -v shellcheck >/dev/null; then
  step "checking the scripts" shellcheck --external-sources --severity=warning --source-path=build build/{setup,try,test,bench}.sh .ci/run testassets/Samples/publish.sh || :
fi
step "checking the format" dotnet format --no-restore --verify-no-changes || :
step "unit, snapshot, target and reference tests" run_tests MultiStage.Build.Tests || :
if [ "$docker" = yes ]; then
  step "end-to-end tests, with a real daemon" run_tests MultiStage.Build.EndToEnd || :
fi

total=$(counter total)
passed=$(counter passed)
failed=$((total - passed))
if [ "$failed_steps" -gt 0 ] && [ "$failed" -eq 0 ]; then
  # A step that is no test, or a test run that died, must not read as a success.
  failed=$failed_steps
fi

if [ "$docker" = yes ]; then
  multistage_teardown
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
