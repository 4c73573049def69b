# shellcheck shell=bash
# Two registries on this machine, for one run: an open one, and one that asks for a user and a password. Read by setup.sh.

ensure_registries() {
  registries_alive "$run_dir" && return 0
  stop_registries "$run_dir"
  mkdir -p "$run_dir/registry" "$run_dir/auth-registry"
  registry_user=multistage
  registry_password=$(od -An -tx1 -N12 /dev/urandom | tr -d ' \n')
  printf '%s:%s\n' "$registry_user" "$(bcrypt "$registry_password")" >"$run_dir/htpasswd"
  if registry_program; then
    start_registry_process registry
    start_registry_process auth-registry "auth: { htpasswd: { realm: multistage, path: '$run_dir/htpasswd' } }"
    wait_for_port registry
    wait_for_port auth-registry
  else
    start_registry_container registry
    start_registry_container auth-registry -e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_REALM=multistage \
      -e REGISTRY_AUTH_HTPASSWD_PATH=/etc/htpasswd
  fi
  printf '%s\n%s\n' "$registry_user" "$registry_password" >"$run_dir/credentials"
}

registry_environment() {
  {
    read -r registry_user
    read -r registry_password
  } <"$run_dir/credentials"
  printf 'export MULTISTAGE_TEST_REGISTRY=%s\n' "$(cat "$run_dir/registry/address")"
  printf 'export MULTISTAGE_TEST_AUTH_REGISTRY=%s\n' "$(cat "$run_dir/auth-registry/address")"
  printf 'export MULTISTAGE_TEST_REGISTRY_USER=%s\n' "$registry_user"
  printf 'export MULTISTAGE_TEST_REGISTRY_PASSWORD=%s\n' "$registry_password"
}

# crypt(3) makes bcrypt on any glibc of these years, and perl reaches it without another package; macOS has htpasswd.
bcrypt() {
  local salt hash
  salt=$(od -An -tx1 -N11 /dev/urandom | tr -d ' \n')
  hash=$(perl -e 'print crypt($ARGV[0], "\$2y\$05\$" . $ARGV[1])' "$1" "$salt" 2>/dev/null || :)
  case $hash in '$2y$'*) printf %s "$hash"; return ;; esac
  have htpasswd || die "no way to make a bcrypt hash: install htpasswd (apache2-utils, httpd-tools)"
  htpasswd -nbB x "$1" | sed -n 's/^x://p'
}

# --- as a program ---

# The package's service is not wanted, only its program, so it is unpacked into our folder instead of installed.
registry_program() {
  registry_command=$(command -v docker-registry || echo "$state/tools/usr/bin/docker-registry")
  [ ! -x "$registry_command" ] || return 0
  [ -n "$may_install" ] && have apt-get && unpack_package docker-registry
}

unpack_package() { # <package>
  local folder=$state/tools/packages
  rm -rf "$folder"
  mkdir -p "$folder"
  # Not as apt's own user, who may not write there.
  if ! (cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download "$1" >>"$(apt_log)" 2>&1 9>&-); then
    apt_update
    (cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download "$1" >>"$(apt_log)" 2>&1 9>&-) || return 1
  fi
  dpkg-deb -x "$folder/$1"_*.deb "$state/tools"
  rm -rf "$folder"
}

start_registry_process() { # <name> [more configuration]
  local folder=$run_dir/$1
  # Port 0 lets the system choose a free one, and no other process can take it in between; the log tells which.
  cat >"$folder/config.yml" <<YAML
version: 0.1
log: { level: info, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: '$folder/data' }, delete: { enabled: true } }
http: { addr: '127.0.0.1:0' }
${2:-}
YAML
  detached "$registry_command" serve "$folder/config.yml" >"$folder/log" 2>&1 </dev/null 9>&- &
  echo $! >"$folder/pid"
}

# Not in our process group, so that Ctrl-C in the terminal ends it only when the run is over.
detached() { if have setsid; then exec setsid "$@"; else exec "$@"; fi; }

wait_for_port() { # <name>
  local folder=$run_dir/$1 tries=200
  while :; do
    sed -n 's/.*listening on \(127\.0\.0\.1:[0-9]*\).*/\1/p' "$folder/log" | head -n 1 >"$folder/address"
    [ ! -s "$folder/address" ] || return 0
    tries=$((tries - 1))
    if [ $tries = 0 ] || ! kill -0 "$(cat "$folder/pid")" 2>/dev/null; then
      tail_of "$folder/log"
      die "the test registry did not start"
    fi
    sleep 0.05
  done
}

# --- as a container ---

start_registry_container() { # <name> [docker run options]
  local folder=$run_dir/$1 name
  name=multistage-$1-$run
  shift
  docker rm -f "$name" >/dev/null 2>&1 || :
  if ! docker create --name "$name" -p 127.0.0.1::5000 -e REGISTRY_STORAGE_DELETE_ENABLED=true "$@" registry:2 \
    >"$folder/log" 2>&1; then
    tail_of "$folder/log"
    die "no test registry: neither the docker-registry program nor the image registry:2 can be had"
  fi
  echo "$name" >"$folder/container"
  docker cp -q "$run_dir/htpasswd" "$name:/etc/htpasswd"
  docker start "$name" >/dev/null
  docker port "$name" 5000/tcp | head -n 1 >"$folder/address"
}

# --- both ---

registries_alive() { # <run folder>
  local name
  for name in registry auth-registry; do
    if [ -e "$1/$name/pid" ]; then
      is_ours "$(cat "$1/$name/pid")" "$1/$name/" || return 1
    elif [ -e "$1/$name/container" ]; then
      [ "$(docker inspect -f '{{.State.Running}}' "$(cat "$1/$name/container")" 2>/dev/null)" = true ] || return 1
    else
      return 1
    fi
  done
}

stop_registries() { # <run folder>
  local name pid
  for name in registry auth-registry; do
    pid=$(cat "$1/$name/pid" 2>/dev/null || :)
    if is_ours "$pid" "$1/$name/"; then stop_process "$pid"; fi
    if [ -e "$1/$name/container" ]; then docker rm -f "$(cat "$1/$name/container")" >/dev/null 2>&1 || :; fi
    rm -rf "${1:?}/$name"
  done
}
