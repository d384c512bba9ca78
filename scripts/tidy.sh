#!/usr/bin/env bash
# tidy.sh [REGEX]: clang-tidy over the sources whose path matches (default: all of sdk and samples). Needs clang-14 and
# clang-tidy-14. Configures with clang, since GCC's options are not all known to it; nothing is built.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake -S . -B build/tidy -G Ninja -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_C_COMPILER=clang-14 \
  -DCMAKE_EXPORT_COMPILE_COMMANDS=ON > /dev/null
run-clang-tidy-14 -p build/tidy -quiet -j "$(nproc)" "${1:-$PWD/(sdk|samples)/}"
