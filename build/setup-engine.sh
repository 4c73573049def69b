# shellcheck shell=bash
# The Docker daemon: the one that answers, or one of our own; and one beside it that keeps its images in containerd. Read by setup.sh.

own_engine=
may_install= # set once Docker itself had to come from packages: what goes with it may then come from there too

# Sets DOCKER_HOST and own_engine=1 where the daemon is ours; leaves both alone where another one answers.
ensure_engine() {
  engine_paths
  # DOCKER_HOST may be ours, from an earlier run whose environment the caller still has.
  [ "${DOCKER_HOST:-}" != "unix://$socket" ] || unset DOCKER_HOST
  if daemon_is_ours && answers "unix://$socket"; then
    use_own_engine
  elif answers; then
    ensure_buildx || die "the docker CLI on PATH has no buildx, which building needs: install the docker-buildx plugin"
  elif [ -n "${DOCKER_HOST:-}" ]; then
    die "the Docker daemon at DOCKER_HOST=$DOCKER_HOST does not answer: start it, or unset DOCKER_HOST"
  else
    start_own_engine
  fi
}

start_own_engine() {
  case $(uname -s) in
    Linux) ;;
    *) die "no Docker daemon answers: start Docker Desktop and run this again" ;;
  esac
  if ! have apt-get && ! have dockerd; then
    die "no Docker daemon answers, and only Debian's packages are known here: install Docker Engine with buildx and start it"
  fi
  if have apt-get; then may_install=1; install_missing; fi
  # On a machine with systemd the package starts the daemon itself.
  if answers; then
    ensure_buildx || die "the docker CLI on PATH has no buildx"
    return 0
  fi
  start_daemon
  use_own_engine
}

use_own_engine() {
  own_engine=1 may_install=1
  export DOCKER_HOST=unix://$socket
  ensure_buildx || { have apt-get && install_missing && ensure_buildx; } || die "no docker CLI with buildx can be found"
}

answers() { # [host]
  have docker || return 1
  within 10 docker ${1:+-H "$1"} version --format '{{.Server.Version}}' >/dev/null 2>&1
}

# --- the other image store ---

# What an image takes must not depend on where a daemon keeps it. To show that, the tests need the store that ours does not use.
ensure_containerd_store() {
  have dockerd || die "the tests that compare image stores start a second daemon: install Docker Engine on this machine"
  engine_paths containerd
  : >"$run_dir/uses-containerd"
  if ! daemon_is_ours || ! answers "unix://$socket"; then start_daemon; fi
}

containerd_environment() {
  engine_paths containerd
  [ ! -e "$run_dir/uses-containerd" ] || printf 'export MULTISTAGE_TEST_CONTAINERD_HOST=%q\n' "unix://$socket"
}

# --- the docker command ---

# Makes the first docker on PATH one that has buildx: a CLI that was unpacked somewhere by hand may come before the
# one that has its plugins.
ensure_buildx() {
  local cli
  while IFS= read -r cli; do
    [ "$cli" != "$state/bin/docker" ] || continue
    if "$cli" buildx version >/dev/null 2>&1; then
      if [ "$cli" = "$(PATH=${PATH#"$state/bin:"} command -v docker)" ]; then
        rm -f "$state/bin/docker"
      else
        mkdir -p "$state/bin"
        ln -sfn "$cli" "$state/bin/docker"
        export PATH=$state/bin:${PATH#"$state/bin:"}
        hash -r
      fi
      return 0
    fi
  done <<LIST
$(type -ap docker)
LIST
  return 1
}

# --- a daemon of our own ---

# Where a daemon of our own keeps what it has; with "containerd" the one that keeps its images there.
engine_paths() { # [containerd]
  local suffix=${1:+-$1}
  image_store=${1:-}
  data_root=$state/docker$suffix
  pid_file=$state/dockerd$suffix.pid
  started_mark=started-daemon$suffix
  # A unix socket's path has at most 107 bytes, and containerd adds to its folder's; /run is short, and is emptied
  # when the machine starts anew, as all that is in it should be.
  exec_root=/run/multistage-$(printf %s "$state" | cksum | cut -d' ' -f1)${1:+c}
  socket=$state/docker$suffix.sock
  [ ${#socket} -le 100 ] || socket=$exec_root.sock
}

daemon_is_ours() { is_ours "$(cat "$pid_file" 2>/dev/null)" "--data-root $data_root "; }

start_daemon() {
  local log=$state/logs/dockerd${image_store:+-$image_store}.log config=$state/daemon${image_store:+-$image_store}.json pid tries=300
  say "starting the Docker daemon${image_store:+ that keeps its images in $image_store} (data in $data_root)…"
  need_root "the Docker daemon"
  clear_leftovers
  choose_network
  cat >"$config" <<JSON
{
  "builder": { "gc": { "enabled": true, "defaultKeepStorage": "15GB" } },
  "features": { "containerd-snapshotter": $([ "$image_store" = containerd ] && echo true || echo false) },
  "shutdown-timeout": 5
}
JSON
  as_root mkdir -m 711 "$exec_root"
  : >"$log"
  # A session of its own keeps Ctrl-C in the terminal from reaching it before the scripts that still need it.
  # shellcheck disable=SC2086 # options, and possibly no sudo
  $sudo setsid $isolation dockerd --config-file "$config" --data-root "$data_root" --exec-root "$exec_root" \
    --pidfile "$pid_file" --host "unix://$socket" --group "$(id -g)" $network_options >>"$log" 2>&1 </dev/null 9>&- &
  pid=$!
  : >"$run_dir/$started_mark"
  until answers "unix://$socket"; do
    tries=$((tries - 1))
    if [ $tries = 0 ] || ! { kill -0 "$pid" 2>/dev/null || daemon_is_ours; }; then
      tail_of "$log"
      die "the Docker daemon did not start"
    fi
    sleep 0.2
  done
}

stop_daemon() { # [containerd]
  engine_paths "$@"
  if daemon_is_ours; then
    say "stopping the Docker daemon${image_store:+ that keeps its images in $image_store}…"
    stop_process "$(cat "$pid_file")"
  fi
  clear_leftovers
}

# A daemon that was killed leaves containerd, containers, mounts and sockets behind, and the next one trips over them.
clear_leftovers() {
  local pid line
  [ -d "$exec_root" ] || [ -e "$pid_file" ] || [ -e "$socket" ] || return 0
  for pid in $(leftover_processes); do
    send_signal KILL "$pid"
  done
  awk -v exec="$exec_root/" -v data="$data_root/" 'index($2, exec) == 1 || index($2 "/", data) == 1 { print $2 }' \
    /proc/self/mounts | sort -r | while IFS= read -r line; do
    as_root umount -l "$line" || :
  done
  [ ! -d "$exec_root" ] || as_root rm -rf --one-file-system "$exec_root"
  [ ! -e "$pid_file" ] && [ ! -e "$socket" ] || as_root rm -f "$pid_file" "$socket"
  clear_network
}

# The daemon's helpers name our folders in their command line; what runs in a container has its root in ours.
leftover_processes() {
  local folder pid
  for folder in /proc/[0-9]*; do
    pid=${folder#/proc/}
    case "$(cat "$folder/comm" 2>/dev/null || :)" in dockerd | containerd* | docker-* | runc*) ;; *) continue ;; esac
    case "$(command_line "$pid")" in *"$exec_root"[/\ ]* | *"$data_root/"*) echo "$pid" ;; esac
  done
  as_root grep -ls " / / .*=$data_root/" /proc/[0-9]*/mountinfo | cut -d/ -f3 || :
}

# --- beside another daemon ---

# A daemon takes docker0 and the machine's packet filter for itself, and one that is started beside it would empty its
# rules. So where another runs, ours gets a bridge of its own and leaves the packet filter to us.
choose_network() {
  network_options=
  isolation=
  # Nothing that is done with the other image store needs a network. A daemon that is told to use no bridge removes docker0, which is another's here; so it
  # gets a network of its own, in which it can do no harm.
  if [ -n "$image_store" ]; then
    isolation="unshare --net" network_options="--bridge none --iptables=false --ip6tables=false"
    return 0
  fi
  another_daemon_runs || return 0
  local bridge subnet number=1
  bridge=$(bridge_name)
  have ip || ! have apt-get || install_or_die iproute2
  while subnet=10.199.$number && ip -4 route | grep -q "$subnet\."; do number=$((number + 1)); done
  as_root ip link add "$bridge" type bridge
  as_root ip addr add "$subnet.1/24" dev "$bridge"
  as_root ip link set "$bridge" up
  filter_rules "$bridge" -I
  network_options="--bridge $bridge --iptables=false --ip6tables=false"
}

clear_network() {
  local bridge
  bridge=$(bridge_name)
  ip link show "$bridge" >/dev/null 2>&1 || return 0
  filter_rules "$bridge" -D
  as_root ip link delete "$bridge"
}

bridge_name() { echo "ms-${exec_root##*-}"; }

filter_rules() { # <bridge> <-I or -D>
  local subnet
  subnet=$(ip -4 route show dev "$1" | cut -d' ' -f1)
  as_root iptables -w -t nat "$2" POSTROUTING -s "$subnet" ! -o "$1" -j MASQUERADE
  as_root iptables -w "$2" FORWARD -i "$1" -j ACCEPT
  as_root iptables -w "$2" FORWARD -o "$1" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
}

another_daemon_runs() {
  local name
  for name in /proc/[0-9]*/comm; do
    # A process that has ended and was not waited for has a name, but no command line.
    if [ "$(cat "$name" 2>/dev/null)" = dockerd ] && [ -n "$(command_line "$(cut -d/ -f3 <<<"$name")")" ]; then return 0; fi
  done
  return 1
}
