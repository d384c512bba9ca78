#!/usr/bin/env bash
# run-suite.sh PRESET [CTEST ARGUMENT…]: configures and builds the preset, runs its tests, and ends with the line
# "PRESET: N passed, N failed, N skipped". Fails where a test failed or none ran.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:?a preset of CMakePresets.json}
shift
jobs=$(nproc)
log=build/$preset/configure.log
report=$PWD/build/$preset/tests.xml

export ASAN_OPTIONS=${ASAN_OPTIONS:-strict_string_checks=1:detect_stack_use_after_return=1:verify_asan_link_order=0}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-second_deadlock_stack=1}

# The thread sanitizer's fixed address layout collides with a randomised one on some kernels.
run=()
if [ "$preset" = tsan ] && setarch "$(uname -m)" -R true 2> /dev/null; then
  run=(setarch "$(uname -m)" -R)
fi

step() { echo "== $preset: $* (after $SECONDS s)"; }

step "configure"
mkdir -p "build/$preset"
cmake --preset "$preset" > "$log" 2>&1 || { cat "$log"; exit 1; }
step "build with $jobs jobs"
"${run[@]}" cmake --build --preset "$preset" --parallel "$jobs"
step "test"
rm -f "$report"
status=0
"${run[@]}" ctest --test-dir "build/$preset" --output-on-failure --no-tests=error --parallel "$jobs" \
  --output-junit "$report" "$@" || status=$?
step "done"

if [ ! -s "$report" ]; then
  echo "$preset: 0 passed, 0 failed, 0 skipped"
  exit 1
fi
count() { sed -n "1,/>/s/.*\b$1=\"\([0-9]*\)\".*/\1/p" "$report" | head -n 1; }
total=$(count tests) failed=$(count failures) skipped=$(($(count skipped) + $(count disabled)))
echo "$preset: $((total - failed - skipped)) passed, $failed failed, $skipped skipped"
exit "$status"
