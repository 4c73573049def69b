# shellcheck shell=bash
# What is missing on a machine with apt, from Debian's own packages. Read by setup.sh.

apt_log() { echo "$state/logs/apt.log"; }

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Acquire::Retries=3 -o Acquire::Languages=none \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-unsafe-io \
    "$@" >>"$(apt_log)" 2>&1 9>&-
}

install_or_die() {
  apt_get install --no-install-recommends "$@" || { tail_of "$(apt_log)"; die "apt could not install $*"; }
}

# Everything that is needed and not there. The root file system of the stand-ins takes longest, so it is begun
# as soon as its tool is there, and grows while Docker is installed.
install_missing() {
  local missing=
  have dockerd && have iptables && ensure_buildx || missing=1
  [ -n "$missing" ] || return 0
  need_root "installing Docker Engine"
  : >"$(apt_log)"
  choose_suite
  if ! registries_reachable; then begin_root_file_system; fi
  local packages
  packages=$(offered docker.io docker-buildx docker-cli containerd tini-static | awk -v suite="$suite" '{ print $1 (suite == "" ? "" : "/" suite) }')
  say "installing Docker Engine $(offered docker.io | sed 's/^[^ ]* //; s/^[0-9]*://; s/[-+].*//') from ${suite:-this system}'s packages (about 20 s)…"
  # shellcheck disable=SC2086 # names
  install_or_die $packages iptables
  hash -r
}

# name and version of each of the packages that the suite has, as not every release splits Docker the same way
offered() { # <package…>
  apt-cache madison "$@" 2>/dev/null |
    awk -F' *[|] *' -v suite="$suite" '(suite == "" || index($3, " " suite "/")) && !seen[$1]++ { sub(/^ */, "", $1); print $1, $2 }'
}

# Docker in Debian stable is a year or two behind; testing's needs nothing that is newer than its own packages. So
# the machine's own package source is copied with that suite, pinned so low that nothing else is ever taken from it.
choose_suite() {
  local name
  for name in forky trixie; do
    if machine_sources "$name" | as_root sh -c 'cat >"$1"' sh "$added_source.new" && [ -s "$added_source.new" ]; then
      as_root rm -f "$added_source".sources "$added_source".list
      as_root mv "$added_source.new" "$added_source.$(sources_format "$added_source.new")"
      printf 'Package: *\nPin: release n=%s\nPin-Priority: 50\n' "$name" | as_root sh -c 'cat >/etc/apt/preferences.d/multistage-build'
      say "adding Debian $name to apt at low priority, and reading the package lists (about 10 s)…"
      if apt_update; then suite=$name; return 0; fi
      as_root rm -f "$added_source".sources "$added_source".list /etc/apt/preferences.d/multistage-build
    fi
  done
  as_root rm -f "$added_source.new"
  suite=
  say "reading the package lists…"
  apt_update || { tail_of "$(apt_log)"; die "apt-get update failed"; }
}

suite=
added_source=/etc/apt/sources.list.d/multistage-build

apt_update() {
  local tries=30
  until apt_get update -o APT::Update::Error-Mode=any; do
    # Another apt-get update at the same moment is no failure.
    tail -n 3 "$(apt_log)" | grep -q 'Could not get lock' && [ $tries -gt 0 ] || return 1
    tries=$((tries - 1))
    sleep 2
  done
}

sources_format() { if grep -q '^Types:' "$1"; then echo sources; else echo list; fi; }

# machine_sources [suite]: the machine's own sources for its own release, in either of apt's two formats, without third
# parties'. With a suite: the first of them, for that suite instead.
machine_sources() {
  local release file stanzas
  # shellcheck source=/dev/null
  release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  [ -n "$release" ] || return 0
  stanzas=$(for file in /etc/apt/sources.list.d/*.sources; do
    [ ! -r "$file" ] || [ "$file" = "$added_source.sources" ] ||
      awk -v release="$release" -v suite="${1:-}" -f "$multistage_build_dir/setup-sources.awk" "$file"
  done)
  if [ -n "$stanzas" ]; then
    if [ -n "${1:-}" ]; then awk -v RS= 'NR == 1' <<<"$stanzas"; else cat <<<"$stanzas"; fi
    return 0
  fi
  { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || :; } | awk -v release="$release" -v suite="${1:-}" '
    /^deb[ \t]/ {
      at = 2; if ($2 ~ /^\[/) { while ($at !~ /\]$/) at++; at++ }
      own = $(at + 1) == release || (suite == "" && ($(at + 1) == release "-updates" || $(at + 1) == release "-security"))
      if (!own) next
      if (suite != "") $(at + 1) = suite
      print; if (suite != "") exit
    }'
}
