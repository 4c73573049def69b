# shellcheck shell=bash
# One run of setup, from its arguments to the environment it leaves behind. Read by setup.sh.

state=$multistage_state_dir
lock_folder=
unfinished=
# shellcheck source=setup-engine.sh
. "$multistage_build_dir/setup-engine.sh"
# shellcheck source=setup-apt.sh
. "$multistage_build_dir/setup-apt.sh"
# shellcheck source=setup-registries.sh
. "$multistage_build_dir/setup-registries.sh"
# shellcheck source=setup-browser.sh
. "$multistage_build_dir/setup-browser.sh"
# shellcheck source=standins.sh
. "$multistage_build_dir/standins.sh"

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

setup_main() {
  local verb=up refresh= aot= browser= containerd=
  run=kept
  while [ $# -gt 0 ]; do
    case $1 in
      --for-run) run=$2; shift ;;
      --end-run) run=$2 verb=end; shift ;;
      --stop) verb=stop ;;
      --refresh) refresh=1 ;;
      --aot) aot=1 ;;
      --browser) browser=1 ;;
      --containerd) containerd=1 ;;
      -h | --help) sed -n '2,/^$/s/^# \{0,1\}//p' "$multistage_build_dir/setup.sh"; return ;;
      *) die "unknown option $1 (--help lists them)" ;;
    esac
    shift
  done
  mkdir -p "$state/runs" "$state/logs"
  PATH=$PATH:/usr/sbin:/sbin # where dockerd and iptables are, and where only root looks on Debian
  run_dir=$state/runs/$run
  # Whatever was not foreseen at least says where it happened.
  set -E
  trap 'say "this failed unexpectedly: $BASH_COMMAND (${BASH_SOURCE[0]##*/}, line $LINENO; logs in $state/logs)"' ERR
  trap leave EXIT
  trap 'leave_by INT' INT
  trap 'leave_by TERM' TERM
  take_lock
  case $verb in
    up) bring_up "$refresh" "$aot" "$browser" "$containerd" ;;
    end) end_run ;;
    stop) stop_all ;;
  esac
}

# What a run that fails half-way has started, it stops.
leave() {
  [ -z "$unfinished" ] || end_run
  release_lock
}

# Dying of the signal itself lets the script that called see it too. A docker that handles Ctrl-C would hide it.
leave_by() {
  leave
  trap - EXIT "$1"
  kill -s "$1" $$
}

bring_up() {
  have dotnet || die "the .NET SDK is not on PATH: install it first (https://dot.net)"
  # The base images' tags follow the SDK that is installed, not one that some global.json asks for.
  sdk_version=$(cd / && dotnet --version)
  dotnet_version=$(cut -d. -f1,2 <<<"$sdk_version")
  forget_dead_runs
  [ -d "$run_dir" ] || unfinished=1
  mkdir -p "$run_dir"
  ensure_engine
  ensure_images "$1" "$2"
  stand_ins=
  ! stand_ins_present || stand_ins=1
  ensure_registries
  if [ -n "$3" ]; then ensure_browser; ensure_make; ensure_shellcheck; fi
  [ -z "$4" ] || ensure_containerd_store
  # The script this is for may have been stopped meanwhile.
  run_is_alive "$run_dir" || exit 1
  write_environment
  unfinished=
  if [ "$run" = kept ]; then
    say "ready${stand_ins:+, with stand-ins for the base images}. For the environment: . $state/env"
    say "build/setup.sh --stop stops $([ -z "$own_engine" ] || echo 'the Docker daemon and ')the registries."
  fi
}

write_environment() {
  {
    [ -z "$own_engine" ] || printf 'export DOCKER_HOST=%q\n' "$DOCKER_HOST"
    # shellcheck disable=SC2016 # expanded by whoever reads the file
    [ ! -e "$state/bin/docker" ] || printf 'case $PATH in %q:*) ;; *) export PATH=%q:$PATH ;; esac\n' "$state/bin" "$state/bin"
    registry_environment
    browser_environment
    containerd_environment
    if [ -n "$stand_ins" ]; then echo 'export MULTISTAGE_STANDINS=1'; else echo 'unset MULTISTAGE_STANDINS'; fi
  } >"$run_dir/env"
  # A run that ends would leave the file pointing nowhere, so one that stays has the say.
  if [ "$run" = kept ] || [ ! -d "$state/runs/kept" ]; then cp "$run_dir/env" "$state/env"; fi
}

# Ends this run: its registries, and the daemon if this run started it and no other run is using it.
end_run() {
  stop_root_file_system_job
  [ -d "$run_dir" ] || return 0
  stop_registries "$run_dir"
  if [ -e "$run_dir/started-daemon-containerd" ] && ! other_runs uses-containerd; then stop_daemon containerd; fi
  if [ -e "$run_dir/started-daemon" ]; then
    if other_runs; then
      say "the Docker daemon stays: another run is using it (build/setup.sh --stop stops it)"
    else
      stop_daemon
    fi
  fi
  rm -rf "$run_dir"
  [ -d "$state/runs/kept" ] || rm -f "$state/env"
}

stop_all() {
  run=kept run_dir=$state/runs/kept
  stop_registries "$run_dir"
  stop_daemon containerd
  stop_daemon
  rm -rf "$run_dir" "$state/env"
}

other_runs() { # [a file that they have]
  local other
  for other in "$state/runs"/*; do
    if [ "$other" != "$run_dir" ] && [ -e "$other/${1:-}" ] && run_is_alive "$other"; then return 0; fi
  done
  return 1
}

run_is_alive() {
  case ${1##*/} in
    kept) registries_alive "$1" ;;
    *[!0-9]*) return 1 ;;
    *) kill -0 "${1##*/}" 2>/dev/null ;;
  esac
}

forget_dead_runs() {
  local other
  for other in "$state/runs"/*; do
    if [ -d "$other" ] && ! run_is_alive "$other"; then
      stop_registries "$other"
      rm -rf "$other"
    fi
  done
}

# The lock makes a second setup wait for the first and then use what it brought up. flock is not on macOS,
# where a folder with the holder's pid does.
take_lock() {
  if have flock; then
    exec 9>"$state/lock"
    flock -n 9 && return 0
    say "waiting for another setup to finish…"
    flock 9
    return 0
  fi
  local told=
  until mkdir "$state/lock.d" 2>/dev/null; do
    if ! kill -0 "$(cat "$state/lock.d/pid" 2>/dev/null || echo $$)" 2>/dev/null; then
      rm -rf "$state/lock.d"
      continue
    fi
    [ -n "$told" ] || say "waiting for another setup to finish…"
    told=1
    sleep 0.5
  done
  echo $$ >"$state/lock.d/pid"
  lock_folder=$state/lock.d
}

release_lock() {
  if have flock; then exec 9>&-; elif [ -n "$lock_folder" ]; then rm -rf "$lock_folder"; fi
}

# --- small things every part uses ---

# Sets sudo to what has to come before a command that needs root. A command in the background is run with $sudo and
# not as_root, so that its pid is its own and not that of a shell around it.
need_root() { # <for what>
  sudo=
  [ "$(id -u)" != 0 ] || return 0
  have sudo || die "$1 needs root: run this as root, or install sudo"
  sudo=sudo
}

as_root() {
  need_root "$1"
  $sudo "$@"
}

# within <seconds> <command…>: macOS has no timeout(1), but it has perl.
within() {
  if have timeout; then timeout "$@"; else perl -e 'alarm shift; exec @ARGV' "$@"; fi
}

tail_of() { # <log>: what went wrong, where someone looks
  say "the end of $1:"
  tail -n 15 "$1" | sed 's/^/    /' >&2
}

command_line() { # <pid>
  if [ -r "/proc/$1/cmdline" ]; then tr '\0' ' ' <"/proc/$1/cmdline"; else ps -o args= -p "$1"; fi 2>/dev/null || :
}

# A pid in a file may have gone to a stranger since: it is ours only if its command line still names our folder.
is_ours() { # <pid> <path in its command line>
  [ -n "$1" ] && case "$(command_line "$1")" in *"$2"*) true ;; *) false ;; esac
}

stop_process() { # <pid>: asks, and after 10 seconds insists
  send_signal TERM "$1"
  ! has_ended "$1" 100 || return 0 # in a trap, return alone would return the status from before it
  send_signal KILL "$1"
  has_ended "$1" 50 || die "process $1 does not end: $(command_line "$1")"
}

# A minimal system has no kill program for sudo to run, only the shell's own.
send_signal() { # <name> <pid, or -group>
  kill -s "$1" -- "$2" 2>/dev/null || [ "$(id -u)" = 0 ] || as_root bash -c 'kill -s "$1" -- "$2"' bash "$@" 2>/dev/null || :
}

has_ended() { # <pid> <tenths of a second to wait>
  local tries=$2
  while [ -n "$(command_line "$1")" ]; do
    [ "$tries" -gt 0 ] || return 1
    tries=$((tries - 1))
    sleep 0.1
  done
}
