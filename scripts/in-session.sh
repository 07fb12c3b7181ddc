#!/usr/bin/env bash
# Runs a command inside a private D-Bus session with an unlocked keyring and, where there is no display, a virtual one.
# The keyring lives in a folder of its own that is removed afterwards: nothing of the user's is touched.
set -euo pipefail

if [ "${IN_PRIVATE_SESSION:-}" != 1 ]; then
  home=$(mktemp -d)
  # The portal may leave a mount behind in the runtime folder; it goes with the session.
  trap 'rm -rf "$home" 2>/dev/null || true' EXIT
  export IN_PRIVATE_SESSION=1 XDG_DATA_HOME="$home/data" XDG_RUNTIME_DIR="$home/runtime" XDG_CACHE_HOME="$home/cache" XDG_CONFIG_HOME="$home/config"
  export NO_AT_BRIDGE=1 GTK_A11Y=none
  unset WAYLAND_DISPLAY
  mkdir -p "$XDG_DATA_HOME" "$XDG_RUNTIME_DIR" "$XDG_CACHE_HOME" "$XDG_CONFIG_HOME"
  chmod 700 "$XDG_RUNTIME_DIR"
  dbus-run-session -- xvfb-run -a -s '-screen 0 1920x1080x24' "$0" "$@"
  exit
fi

printf 'test' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
exec "$@"
