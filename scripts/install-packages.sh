#!/usr/bin/env bash
# install-packages.sh build|test: installs the Debian packages that building or testing needs and that are not
# there yet. Touches neither the network nor the package system when nothing is missing.
set -euo pipefail

build=(g++ cmake ninja-build pkg-config libssl-dev libicu-dev libre2-dev libsimdjson-dev libexpat1-dev
  libcurl4-openssl-dev libarchive-dev libp11-dev nlohmann-json3-dev libcli11-dev libcpp-httplib-dev openssl)
tests=(libgtest-dev python3 python3-jsonschema python3-cryptography faketime softhsm2 opensc)

case "${1:-}" in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${build[@]}" "${tests[@]}") ;;
  *) echo "usage: $0 build|test" >&2; exit 2 ;;
esac

if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
  echo "not a Debian system: install what provides ${wanted[*]}" >&2
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query -W -f='${db:Status-Status}\n' "$package" 2> /dev/null | head -n 1) || true
  [ "$state" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "packages: all there"
  exit 0
fi

echo "packages: installing ${missing[*]}"
root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo > /dev/null; then
    echo "installing needs root; run as root: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  root=(sudo)
fi
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3)
"${apt[@]}" update
"${apt[@]}" install --no-install-recommends "${missing[@]}"
