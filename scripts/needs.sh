# What the programs and their tests need on a Debian-family machine. Sourced by ./run, ./test; safe to run twice.
# Nothing is downloaded from anywhere but Debian's packages, crates.io, npm and PyPI.

say() { printf '\033[1m== %s\033[0m\n' "$*"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else
    say "需要管理员权限安装系统软件包 / administrator rights are needed to install packages: $*"
    sudo "$@"
  fi
}

# need_packages NAME…: installs the Debian packages that are missing, and only those.
need_packages() {
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} = 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    echo "These packages are needed and apt-get is not here: ${missing[*]}" >&2
    return 1
  fi
  say "Installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
}

BUILD_PACKAGES=(build-essential pkg-config libssl-dev libwebkit2gtk-4.1-dev libgtk-3-dev librsvg2-dev libayatana-appindicator3-dev)
WINDOW_PACKAGES=(fonts-noto-cjk dbus-x11 gnome-keyring)
HEADLESS_PACKAGES=(xvfb xauth webkit2gtk-driver chromium chromium-driver openssl poppler-utils postgresql)

need_rust() {
  command -v cargo >/dev/null && return 0
  echo "A Rust toolchain is needed (rust-version in Cargo.toml): https://rustup.rs" >&2
  return 1
}

# need_node: Node 20.19 or newer with npm.
need_node() {
  if command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then return 0; fi
  echo "Node.js 20.19 or newer with npm is needed." >&2
  return 1
}

need_nextest() {
  command -v cargo-nextest >/dev/null && return 0
  say "Installing cargo-nextest (PyPI)"
  need_packages python3-venv
  python3 -m venv .cache/nextest
  .cache/nextest/bin/pip install -q cargo-nextest
  PATH="$PWD/.cache/nextest/bin:$PATH"
}

# build_ui: installs the locked npm packages when the lock changed, then builds ui/dist.
build_ui() {
  local stamp=ui/node_modules/.lock-of-install
  if ! cmp -s ui/package-lock.json "$stamp" 2>/dev/null; then
    say "npm ci"
    npm --prefix ui ci --no-audit --no-fund --loglevel=error
    cp ui/package-lock.json "$stamp"
  fi
  say "Building the screens"
  npm --prefix ui run --silent build
}
