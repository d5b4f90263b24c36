# Finds the Node that runs Understudy; sourced by bin/understudy and bin/node24, which set $root first and use $node after.
# A modern Node on PATH is taken at once. An older one is left alone: the pinned runtime beside this file is used instead,
# fetched once from its own lockfile.

wanted_major=24
pinned=24.21.0

give_up() {
  echo "understudy: $1" >&2
  exit 1
}

# Asking for the version costs a few milliseconds; asking Node to evaluate something would cost ten times as much.
path_node_is_modern() {
  path_node=$(command -v node) || return 1
  found=$("$path_node" --version 2>/dev/null) || return 1
  found=${found#v}
  [ "${found%%.*}" -ge "$wanted_major" ] 2>/dev/null
}

pinned_package() {
  case "$(uname -s)/$(uname -m)" in
    Linux/x86_64 | Linux/amd64) platform=linux-x64 program=node ;;
    Linux/aarch64 | Linux/arm64) platform=linux-arm64 program=node ;;
    MINGW*/x86_64 | MSYS*/x86_64 | CYGWIN*/x86_64) platform=win-x64 program=node.exe ;;
    *) give_up "Node $wanted_major or newer is needed; no ready-made one can be fetched for $(uname -s) on $(uname -m)." ;;
  esac
}

refuse_musl() {
  for loader in /lib/ld-musl-*; do
    [ ! -e "$loader" ] || give_up "Node $wanted_major or newer is needed; the one that could be fetched runs on glibc, not on musl."
  done
}

# Every start fetches into a folder of its own, and one rename publishes it: of two first starts one wins and both run.
fetch_pinned() {
  refuse_musl
  command -v npm >/dev/null 2>&1 || give_up "Node $wanted_major or newer is needed, and there is no npm here to fetch one with."
  fresh=$(mktemp -d "$root/runtime/.fetch-XXXXXX") || give_up "Node $wanted_major or newer is needed, and $root/runtime cannot be written to fetch one."
  trap 'rm -rf "$fresh"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  echo "understudy: this system's Node is ${found:-missing}; fetching Node $pinned once into runtime/ (about 50 MB)" >&2
  cp "$root/runtime/package.json" "$root/runtime/package-lock.json" "$fresh/"
  chmod 755 "$fresh"
  (cd "$fresh" && npm ci --include=optional --ignore-scripts --no-audit --no-fund --loglevel=error >&2) ||
    give_up "Node $pinned could not be fetched; install Node $wanted_major or newer, or try again with a network."
  [ -x "$fresh/$program_path" ] || give_up "Node $pinned is missing from what npm fetched; install Node $wanted_major or newer."
  "$path_node" -e 'require("fs").renameSync(process.argv[1], process.argv[2])' "$fresh" "$home" 2>/dev/null || [ -x "$node" ] ||
    give_up "Node $pinned was fetched but could not be moved to $home."
  rm -rf "$fresh"
  trap - EXIT INT TERM HUP
}

find_node() {
  if path_node_is_modern; then
    node=$path_node
    return
  fi
  pinned_package
  home=$root/runtime/node-$pinned
  program_path=node_modules/node-$platform/bin/$program
  node=$home/$program_path
  [ -x "$node" ] || fetch_pinned
}

find_node
