# shellcheck shell=bash
# The base images: the real ones where their registries answer. Where they do not, stand-ins that are made from Debian's
# packages and this machine's own .NET, named as the real ones, split into the same layers, and labelled. Read by setup.sh.

dotnet_repository=mcr.microsoft.com/dotnet
stand_in_label=build.multistage.stand-in
root_file_system_job=

image_names() {
  local repository
  for repository in runtime-deps runtime aspnet sdk; do echo "$dotnet_repository/$repository:$dotnet_version"; done
  for repository in runtime-deps runtime aspnet; do
    echo "$dotnet_repository/$repository:$dotnet_version-noble-chiseled"
    echo "$dotnet_repository/$repository:$dotnet_version-noble-chiseled-extra"
  done
  [ -z "$want_aot" ] || echo "$dotnet_repository/sdk:$dotnet_version-noble-aot"
  echo busybox:latest
  # The walkthrough's.
  echo golang:1.23
  echo alpine:3.21
  echo nginx:latest
}

# ensure_images <refresh> <aot>
ensure_images() {
  want_aot=$2
  local missing pull
  missing=$(missing_images)
  pull=$missing
  # Stand-ins are there because the registry was not: it is asked again only when someone says so.
  if [ -n "$1" ]; then
    pull=$(image_names)
    registries_reachable || say "${dotnet_repository%%/*} cannot be reached from here: nothing to refresh"
  elif stand_ins_present "$dotnet_repository/"; then
    pull=$(grep -v "^$dotnet_repository/" <<<"$missing" || :)
  fi
  if [ -n "$pull" ]; then
    pull_images "$pull"
    missing=$(missing_images)
  fi
  # shellcheck disable=SC2086 # names have no spaces
  [ -z "$missing" ] || make_stand_ins $missing
}

# name and label of each image that is there
present_images() {
  # shellcheck disable=SC2046 # names have no spaces
  docker image inspect --format "{{join .RepoTags \" \"}} {{index .Config.Labels \"$stand_in_label\"}}" $(image_names) 2>/dev/null || :
}

missing_images() {
  local name there
  there=" $(present_images | tr '\n' ' ') "
  for name in $(image_names); do
    case $there in *" $name "*) ;; *) echo "$name" ;; esac
  done
}

stand_ins_present() { # [start of the name]
  local there
  there=$(present_images)
  grep -qE "(^| )${1:-}.* true\$" <<<"$there"
}

# --- the real ones ---

# Asked once in a run: a registry that cannot be reached must not cost its time-out for every image.
registries_reachable() {
  if [ -z "${reachable:-}" ]; then
    reachable=no
    if ! have curl; then
      ! have docker || ! within 10 docker manifest inspect "$dotnet_repository/runtime-deps:$dotnet_version" >/dev/null 2>&1 || reachable=yes
    else
      case $(curl -s -m 8 -o /dev/null -w '%{http_code}' "https://${dotnet_repository%%/*}/v2/" || :) in 200 | 401) reachable=yes ;; esac
    fi
  fi
  [ $reachable = yes ]
}

pull_images() {
  local name log=$state/logs/pull.log
  registries_reachable || return 0
  for name in $1; do
    say "pulling $name…"
    within 900 docker pull -q "$name" >"$log" 2>&1 9>&- || say "could not pull it: $(tail -n 1 "$log")"
  done
}

# --- the stand-ins ---

make_stand_ins() {
  local name needs_bake='' why='stand-ins are in use'
  case ${reachable:-} in
    yes) why='not every base image can be pulled' ;;
    no) why="${dotnet_repository%%/*} cannot be reached from here" ;;
  esac
  if ! have apt-get || { [ -z "$may_install" ] && ! have mmdebstrap; }; then
    die "$why, and stand-ins cannot be made here (they need apt and mmdebstrap): $*"
  fi
  say "$why: making stand-ins for $# from Debian's packages and this machine's .NET (about 20 s)…"
  for name in "$@"; do
    case $name in busybox:latest | alpine:3.21) make_busybox "$name" ;; *) needs_bake=1 ;; esac
  done
  [ -n "$needs_bake" ] || return 0
  import_root_file_system
  write_dockerfile
  # The folders named in the file are the ones that were meant: bake would ask about those outside the current one.
  BUILDX_BAKE_ENTITLEMENTS_FS=0 docker buildx bake --progress=plain -f - <<<"$(bake_file "$@")" >"$state/logs/standins.log" 2>&1 9>&- ||
    { tail_of "$state/logs/standins.log"; die "the stand-ins could not be built"; }
}

standins_folder() { mkdir -p "$state/standins"; echo "$state/standins"; }

# One call to bake builds them together, so that stages they share are built and sent once.
bake_file() {
  local name target list='' comma='' root runtime
  root=$(dirname "$(readlink -f "$(command -v dotnet)")")
  runtime=$(dotnet --list-runtimes | sed -n "s/^Microsoft\.NETCore\.App \($dotnet_version\.[^ ]*\) .*/\1/p" | tail -n 1)
  echo '{ "target": {'
  for name in "$@"; do
    case $name in busybox:latest | alpine:3.21) continue ;; esac
    target=$(stage_of "$name")
    printf '  "%s": { "inherits": ["common"], "target": "%s", "tags": ["%s"] },\n' "$target" "$target" "$name"
    list="$list$comma\"$target\"" comma=', '
  done
  printf '  "common": { "context": "%s", "contexts": { "dotnet": "%s", "machine": "%s/machine", "backports": "%s/backports" },\n' \
    "$(standins_folder)/empty" "$root" "$(standins_folder)" "$(standins_folder)"
  printf '    "dockerfile": "%s/Dockerfile", "output": ["type=docker"],\n' "$(standins_folder)"
  printf '    "args": { "ROOT_FILE_SYSTEM": "%s", "SDK_VERSION": "%s", "RUNTIME_VERSION": "%s" } }\n' \
    "$root_image" "$sdk_version" "$runtime"
  printf '}, "group": { "default": { "targets": [%s] } } }\n' "$list"
}

stage_of() { # mcr…/aspnet:10.0-noble-chiseled -> aspnet-chiseled
  case $1 in golang:* | nginx:*) echo "${1%%:*}"; return 0 ;; esac
  local repository=${1##*/} tag=${1##*:}
  tag=${tag#"$dotnet_version"}
  echo "${repository%%:*}${tag#-noble}" | sed 's/-noble//'
}

# What this machine needs to reach its package feeds has to be in the SDK's image too, or a restore in a RUN step fails:
# its certificates, its NuGet sources, its proxy.
write_dockerfile() {
  local folder name machine
  folder=$(standins_folder)
  machine=$folder/machine
  rm -rf "$machine"
  mkdir -p "$machine/etc/ssl/certs" "$machine/root/.nuget/NuGet" "$folder/empty"
  name=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
  [ ! -r "$name" ] || cp "$name" "$machine/etc/ssl/certs/ca-certificates.crt"
  # Go 1.23 is younger than the release, and in its backports.
  mkdir -p "$folder/backports"
  machine_sources "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")-backports" >"$folder/backports/sources"
  [ ! -r "$HOME/.nuget/NuGet/NuGet.Config" ] || cp "$HOME/.nuget/NuGet/NuGet.Config" "$machine/root/.nuget/NuGet/"
  {
    cat "$multistage_build_dir/standins.Dockerfile"
    echo 'FROM sdk-as-shipped AS sdk'
    echo 'COPY --from=machine / /'
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY NUGET_CERT_REVOCATION_MODE; do
      [ -z "${!name:-}" ] || printf 'ENV %s="%s"\n' "$name" "$(sed 's/[\\"$]/\\&/g' <<<"${!name}")"
    done
    echo 'FROM sdk AS sdk-aot'
    echo 'RUN apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*'
  } >"$folder/Dockerfile"
}

# --- the root file system: Debian's own packages ---

root_image=multistage.build/stand-in/debian:latest

# In the background: it takes longest, and nothing needs it before the daemon runs.
begin_root_file_system() {
  [ -z "$root_file_system_job" ] && [ ! -s "$(standins_folder)/root.tar" ] || return 0
  have mmdebstrap || install_or_die mmdebstrap
  say "making the stand-ins' root file system (about 40 s)…"
  machine_sources >"$(standins_folder)/sources"
  # Whether its mirror can be read at all may hang on settings of the machine's own: a proxy, or dates not to be checked.
  apt-config dump | grep -E '^Acquire::(Check-|https?::Proxy)' >"$(standins_folder)/apt.conf" || :
  rm -f "$(standins_folder)/root.tar.part"
  # What Ubuntu's and Debian's own images leave out, these leave out.
  need_root mmdebstrap
  $sudo setsid mmdebstrap --quiet --variant=minbase --format=tar \
    --include='ca-certificates,passwd,tzdata,~n^libicu[0-9]+$,~n^libssl3' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --aptopt='Acquire::Languages "none"' --aptopt="$(standins_folder)/apt.conf" \
    "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$(standins_folder)/root.tar.part" "$(standins_folder)/sources" \
    >"$state/logs/root-file-system.log" 2>&1 </dev/null 9>&- &
  root_file_system_job=$!
}

# mmdebstrap waits for its children when it is told to stop, so they are told too.
stop_root_file_system_job() {
  [ -n "$root_file_system_job" ] || return 0
  send_signal TERM "-$root_file_system_job"
  stop_process "$root_file_system_job"
}

import_root_file_system() {
  ! docker image inspect "$root_image" >/dev/null 2>&1 || return 0
  begin_root_file_system
  if [ -n "$root_file_system_job" ]; then
    wait "$root_file_system_job" || { tail_of "$state/logs/root-file-system.log"; die "mmdebstrap failed"; }
    root_file_system_job=
    mv "$(standins_folder)/root.tar.part" "$(standins_folder)/root.tar"
  fi
  docker import --change "LABEL $stand_in_label=true" --change 'CMD ["/bin/bash"]' \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    "$(standins_folder)/root.tar" "$root_image" >/dev/null
  rm -f "$(standins_folder)/root.tar"
}

# --- busybox ---

make_busybox() { # <name>: Alpine is busybox and a package manager, of which its stand-in has the former
  local folder applet
  folder=$(standins_folder)/busybox
  [ -x "$state/tools/bin/busybox" ] || unpack_package busybox-static || die "the package busybox-static cannot be had"
  rm -rf "$folder"
  mkdir -p "$folder/bin" "$folder/etc" "$folder/root"
  mkdir -m 1777 "$folder/tmp"
  cp "$state/tools/bin/busybox" "$folder/bin/busybox"
  for applet in $("$folder/bin/busybox" --list); do
    [ "$applet" = busybox ] || ln -s busybox "$folder/bin/$applet"
  done
  echo 'root:x:0:0:root:/root:/bin/sh' >"$folder/etc/passwd"
  echo 'root:x:0:' >"$folder/etc/group"
  tar -C "$folder" --owner=0 --group=0 -cf - . |
    docker import --change "LABEL $stand_in_label=true" --change 'CMD ["sh"]' \
      --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$1" >/dev/null
  rm -rf "$folder"
}
