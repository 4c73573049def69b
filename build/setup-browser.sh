# shellcheck shell=bash
# What the tests ask for beside Docker: a browser without a window, in which the report's page is tested, make, which runs a sample,
# and shellcheck, which reads the scripts.
# Read by setup.sh.

browsers="chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable chrome"

# Nothing is installed where any of them is there, or MULTISTAGE_TEST_BROWSER names another one.
ensure_browser() {
  [ -z "$(find_browser)" ] || return 0
  have apt-get || die "no browser to test the report's page in: install Chrome or Chromium, or set MULTISTAGE_TEST_BROWSER to one"
  need_root "installing a browser"
  say "installing a headless Chromium from this system's packages (about 15 s)…"
  : >>"$(apt_log)"
  # The lists may have been read already, or never; and the small package is not in every release.
  apt_get install --no-install-recommends chromium-headless-shell fonts-dejavu-core && [ -n "$(find_browser)" ] && return 0
  apt_update || { tail_of "$(apt_log)"; die "apt-get update failed"; }
  apt_get install --no-install-recommends chromium-headless-shell fonts-dejavu-core ||
    install_or_die chromium fonts-dejavu-core
  hash -r
}

find_browser() {
  local name
  if [ -n "${MULTISTAGE_TEST_BROWSER:-}" ]; then echo "$MULTISTAGE_TEST_BROWSER"; return; fi
  for name in $browsers; do
    if have "$name"; then command -v "$name"; return; fi
  done
  name="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
  [ ! -x "$name" ] || echo "$name"
}

browser_environment() {
  local browser
  browser=$(find_browser)
  [ -z "$browser" ] || printf 'export MULTISTAGE_TEST_BROWSER=%q\n' "$browser"
}

ensure_make() { ensure_tool make "runs one of the samples"; }

ensure_shellcheck() { ensure_tool shellcheck "reads the scripts"; }

ensure_tool() { # <command> <what it does>
  ! have "$1" || return 0
  have apt-get || die "no $1, which $2: install it"
  need_root "installing $1"
  say "installing $1 from this system's packages (a few seconds)…"
  : >>"$(apt_log)"
  apt_get install --no-install-recommends "$1" && return 0
  apt_update || { tail_of "$(apt_log)"; die "apt-get update failed"; }
  install_or_die "$1"
}
