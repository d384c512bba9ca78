#!/usr/bin/env bash
# Installs the build folder $GREENLANE_BUILD into a temporary place, moves it, and uses it as strangers would:
# a CMake project with the shared and with the static library, and a compiler call with pkg-config.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=${GREENLANE_BUILD:?the folder of a finished build}
if ! grep -q '^GREENLANE_SANITIZE:[A-Z]*=$' "$build/CMakeCache.txt" || grep -q '^GREENLANE_COVERAGE:BOOL=ON' "$build/CMakeCache.txt"; then
  echo "skipped: an instrumented build is not for installing"
  exit 77
fi
cxx=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "failed: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$work/first" > "$work/install.log" || { cat "$work/install.log"; fail "install"; }
mv "$work/first" "$work/moved"
root=$work/moved
libdir=$(dirname "$(find "$root" -name libgreenlane.a)")
for file in bin/greenlane include/greenlane/screening.h include/greenlane/export.h \
    share/greenlane/schema/declaration.schema.json; do
  [ -s "$root/$file" ] || fail "$file is not installed"
done
[ ! -e "$root/share/greenlane/schema/examples" ] || fail "examples of the schemas are not for installing"
grep -rlF -e "$work/first" -e "$(cd "$here/../.." && pwd)" "$root/include" "$libdir/cmake" "$libdir/pkgconfig" \
  && fail "these files hold paths of the machine that built them"
"$root/bin/greenlane" --version

python3 "$here/check_exports.py" "$root/include/greenlane" "$libdir/libgreenlane.so"

expected=$(cat "$here/expected.txt")
check() {  # check NAME COMMAND…: the consumer prints what it should
  local name=$1 output
  shift
  output=$("$@" "$here/pack" "$here/declarations/findings.json") || fail "$name: exit status $?"
  [ "$output" = "$expected" ] || fail "$name printed:
$output
instead of:
$expected"
  echo "$name: ok"
}

for kind in shared static; do
  # Who links the shared library needs none of its dependencies' development files.
  hide=()
  [ $kind = static ] || hide=(-DCMAKE_DISABLE_FIND_PACKAGE_{OpenSSL,ICU,PkgConfig,Threads}"=ON")
  cmake -S "$here/consumer" -B "$work/$kind" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER="$cxx" \
    -DCMAKE_PREFIX_PATH="$root" -DKIND=$kind "${hide[@]}" > "$work/log" 2>&1 || { cat "$work/log"; fail "configure $kind"; }
  cmake --build "$work/$kind" > "$work/log" 2>&1 || { cat "$work/log"; fail "build $kind"; }
  check "find_package, $kind" "$work/$kind/consumer"
done
readelf -d "$work/static/consumer" | grep -q libgreenlane && fail "the static consumer needs the shared library"

export PKG_CONFIG_PATH=$libdir/pkgconfig
read -ra flags <<< "$(pkg-config --cflags --libs greenlane)"
"$cxx" -std=c++20 "$here/consumer/main.cc" -o "$work/by-pkg-config" "${flags[@]}"
check "pkg-config, shared" env LD_LIBRARY_PATH="$libdir" "$work/by-pkg-config"
read -ra flags <<< "$(pkg-config --static --cflags --libs greenlane | sed 's/-lgreenlane\b/-l:libgreenlane.a/')"
"$cxx" -std=c++20 "$here/consumer/main.cc" -o "$work/by-pkg-config-static" "${flags[@]}"
check "pkg-config, static" "$work/by-pkg-config-static"
