#!/usr/bin/env bash
# tests/long.sh [CTEST ARGUMENT…]: the suite in its long form. Tests that have one read GREENLANE_LONG.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-packages.sh test
export GREENLANE_LONG=1
echo "long forms: GREENLANE_LONG=1"
exec scripts/run-suite.sh release "$@"
