#!/usr/bin/env bash
# From a fresh checkout to a first report: installs what the build needs, builds the command, screens the sample
# declarations against the sample criteria, and explains one criterion.
#
# With GREENLANE_BIN set to a folder that holds the command, nothing is installed or built.
set -euo pipefail
cd "$(dirname "$0")/.."
pack=samples/criteria/cn-sample
report=build/quickstart/report.txt
doubtful=samples/declarations/aquatic-2025-06-29-region-absent-all-documents.json

heading() { printf '\n== %s\n\n' "$*"; }
show() {  # show COMMAND ARGUMENT…: prints the command and runs it
  echo "\$ $*"
  "$@"
}

if [ -z "${GREENLANE_BIN:-}" ]; then
  heading "1. Packages"
  scripts/install-packages.sh build
  heading "2. Build"
  # Configured once; an existing build keeps its options, so that tests/run.sh and this share it.
  [ -f build/release/build.ninja ] || cmake --preset release -DGREENLANE_TESTS=OFF
  cmake --build --preset release --parallel "$(nproc)" --target greenlane_cli
  GREENLANE_BIN=build/release/bin
fi
greenlane=$GREENLANE_BIN/greenlane

heading "3. Screen the sample declarations"
mkdir -p build/quickstart
echo "\$ $greenlane screen --fail-on never --pack $pack samples/declarations"
"$greenlane" screen --fail-on never --pack "$pack" samples/declarations > "$report"
# Parts of the report are divided by empty lines: the pack, then the declarations, worst first, then the summary.
awk -v RS= -v ORS='\n\n' 'NR <= 3' "$report"
printf '… %s lines are in %s; it ends with\n\n' "$(wc -l < "$report")" "$report"
awk -v RS= '{ last = $0 } END { print last }' "$report"

heading "4. Explain what could not be decided: nobody declared the region of origin"
show "$greenlane" explain --pack "$pack" --criterion CN.FS.JP-AQUATIC "$doubtful"

heading "Next"
cat <<END
The criteria are a sample: no authority has published them. Try

  $greenlane screen --pack $pack YOUR-DECLARATION.json
  $greenlane --lang zh screen --pack $pack $doubtful
  $greenlane --format json screen --pack $pack samples/declarations > assessments.ndjson
  $greenlane pack show $pack
  $greenlane screen --help

and read README.md for the rest. tests/run.sh builds and runs the tests.
END
