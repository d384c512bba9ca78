#!/usr/bin/env bash
# tests/run.sh [CTEST ARGUMENT…]: installs what the tests need, builds build/release once, runs the whole suite.
# For example: tests/run.sh -R cel
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-packages.sh test
exec scripts/run-suite.sh release "$@"
