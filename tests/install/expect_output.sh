#!/usr/bin/env bash
# expect_output.sh FILE COMMAND…: COMMAND succeeds and prints exactly what FILE holds.
set -euo pipefail
expected=$1
shift
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
"$@" > "$printed" || { echo "failed: exit status $?"; cat "$printed"; exit 1; }
diff -u "$expected" "$printed" && echo "as expected"
