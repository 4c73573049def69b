#!/usr/bin/env bash
# Brings up what the end-to-end tests and the benchmarks need: a Docker daemon with BuildKit, the .NET
# base images, and two registries, one open and one that asks for a password.
#
#   ./build/setup.sh             bring it up and leave it running
#   ./build/setup.sh --stop      stop what setup started
#   ./build/setup.sh --refresh   try again to pull the real base images where stand-ins are in use
#   ./build/setup.sh --aot       also the SDK image with the native toolchain
#   ./build/setup.sh --browser   also a headless browser, make and shellcheck, where there are none
#   ./build/setup.sh --containerd  also a second daemon, which keeps its images in containerd
#
# From another script, which then has the environment, and leaves nothing running when it ends:
#
#   . "$(dirname "$0")/setup.sh"
#   multistage_setup             takes --refresh, --aot, --browser and --containerd as well
#
# An EXIT trap the script already has runs first; one it sets afterwards has to call multistage_teardown. The folder
# MULTISTAGE_STATE keeps images, build cache and logs; `. <that folder>/env` joins what is left running.

multistage_build_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
multistage_state_dir=${MULTISTAGE_STATE:-${XDG_CACHE_HOME:-$HOME/.cache}/multistage-build}
case $multistage_state_dir in /*) ;; *) multistage_state_dir=$PWD/$multistage_state_dir ;; esac

# The work is done in a process of its own, so that nothing but the environment reaches the caller's shell.
multistage_setup() {
  MULTISTAGE_STATE=$multistage_state_dir bash "$multistage_build_dir/setup.sh" --for-run $$ "$@" || return 1
  # shellcheck source=/dev/null
  . "$multistage_state_dir/runs/$$/env" || return 1
  if [ -z "${multistage_exit_trap+set}" ]; then
    eval "set -- $(trap -p EXIT)" # trap -- 'command' EXIT
    multistage_exit_trap=${3:-}
    # bash runs this one as well when a signal that nothing else handles ends the script.
    trap multistage_on_exit EXIT
  fi
}

multistage_teardown() {
  [ -d "$multistage_state_dir/runs/$$" ] || return 0
  MULTISTAGE_STATE=$multistage_state_dir bash "$multistage_build_dir/setup.sh" --end-run $$
}

# What the caller does at its end comes first: it may need the daemon.
multistage_on_exit() {
  eval "$multistage_exit_trap" || :
  multistage_teardown || :
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  # shellcheck source=setup-run.sh
  . "$multistage_build_dir/setup-run.sh"
  setup_main "$@"
fi
