#!/usr/bin/env bash
# From a fresh checkout to a first report on criteria that were published and signed: installs what the build needs, builds the
# commands, plays customs (keys, a signed repository, a server on loopback), plays the enterprise (a home, the published criteria,
# a screening), and explains one criterion.
#
# With GREENLANE_BIN set to a folder that holds the commands, nothing is installed or built.
set -euo pipefail
cd "$(dirname "$0")/.."
pack=samples/criteria/cn-sample
doubtful=samples/declarations/aquatic-2025-06-29-region-absent-all-documents.json
work=build/quickstart
customs=$work/customs
home=$work/enterprise
report=$work/report.txt
server=

heading() { printf '\n== %s\n\n' "$*"; }
tell() {  # tell WORD…: prints a command, broken before options that would go over the line
  local line="\$ $1" word ahead
  shift
  while [ $# -gt 0 ]; do
    word=$1 ahead=$1
    case $word in --*) ahead="$1 ${2:-}" ;; esac
    if [ $((${#line} + ${#ahead})) -gt 100 ]; then
      echo "$line \\"
      line="    $word"
    else
      line="$line $word"
    fi
    shift
  done
  echo "$line"
}
show() {  # show COMMAND ARGUMENT…: prints the command and runs it
  tell "$@"
  "$@"
}
show_end() {  # show_end NUMBER COMMAND ARGUMENT…: the same with the last lines of its output only
  tell "${@:2}"
  echo "…"
  "${@:2}" | tail -n "$1"
}
stop_server() { [ -z "$server" ] || { kill "$server" && wait "$server"; } 2> /dev/null || true; }
trap stop_server EXIT

if [ -z "${GREENLANE_BIN:-}" ]; then
  heading "1. Packages"
  scripts/install-packages.sh build
  heading "2. Build"
  # Configured once; an existing build keeps its options, so that tests/run.sh and this share it.
  [ -f build/release/build.ninja ] || cmake --preset release -DGREENLANE_TESTS=OFF
  cmake --build --preset release --parallel "$(nproc)" --target greenlane_cli greenlane-gateway
  GREENLANE_BIN=build/release/bin
fi
greenlane=$GREENLANE_BIN/greenlane
gateway=$GREENLANE_BIN/greenlane-gateway
rm -rf "$work"
mkdir -p "$customs"

heading "3. Customs: keys of two holders of the root, two of the targets, and three of the machine"
show "$gateway" key new "$customs/root-a"
for name in root-b targets-a targets-b snapshot timestamp log; do
  tell "$gateway" key new "$customs/$name"
  "$gateway" key new "$customs/$name" > /dev/null
done

heading "4. Customs: a repository, and sample criteria that all four holders sign"
show "$gateway" repo init --repo "$customs/repo" \
  --root-key "$customs/root-a.pub" "$customs/root-b.pub" --root-threshold 2 \
  --targets-key "$customs/targets-a.pub" "$customs/targets-b.pub" --targets-threshold 2 \
  --snapshot-key "$customs/snapshot" --timestamp-key "$customs/timestamp" \
  --log-key "$customs/log" --log-origin customs.example/criteria
echo
show_end 5 "$gateway" repo publish --repo "$customs/repo" "$pack"
echo
show_end 4 "$gateway" repo sign --repo "$customs/repo" --yes --key "$customs/root-a" "$customs/targets-a"
echo
show_end 3 "$gateway" repo sign --repo "$customs/repo" --yes --key "$customs/root-b" "$customs/targets-b"

heading "5. Customs: a server on loopback, with a certificate of its own test CA"
show "$gateway" tls new "$customs/tls"
echo
serve=("$gateway" serve --repo "$customs/repo" --port 0 --port-file "$customs/port"
  --certificate "$customs/tls/server.pem" --key "$customs/tls/server.key" --seconds 600)
tell "${serve[@]}" "&"
"${serve[@]}" 2> "$customs/requests.log" &
server=$!
for _ in $(seq 200); do
  [ -s "$customs/port" ] && break
  kill -0 "$server" || { cat "$customs/requests.log" >&2; exit 1; }
  sleep 0.05
done
address=https://127.0.0.1:$(cat "$customs/port")

heading "6. Enterprise: a home that follows customs, and the published criteria"
show "$greenlane" --home "$home" init --gateway "$address" --root "$customs/repo/metadata/1.root.json" --ca "$customs/tls/ca.pem"
echo
show "$greenlane" --home "$home" criteria update
echo
show "$greenlane" --home "$home" criteria status

heading "7. Enterprise: screen the sample declarations"
tell "$greenlane" --home "$home" screen --fail-on never samples/declarations
"$greenlane" --home "$home" screen --fail-on never samples/declarations > "$report"
# Parts of the report are divided by empty lines: the pack, then the declarations, worst first, then the summary.
awk -v RS= -v ORS='\n\n' 'NR <= 3' "$report"
printf '… %s lines are in %s; it ends with\n\n' "$(wc -l < "$report")" "$report"
awk -v RS= '{ last = $0 } END { print last }' "$report"

heading "8. Explain what could not be decided: nobody declared the region of origin"
show "$greenlane" --home "$home" explain --criterion CN.FS.JP-AQUATIC "$doubtful"

heading "Next"
cat <<END
The criteria are a sample: no authority has published them but the one that was made up here. Try

  $greenlane screen --pack $pack YOUR-DECLARATION.json
  $greenlane --home $home --lang zh screen $doubtful
  $greenlane --home $home --format json screen samples/declarations > assessments.ndjson
  $greenlane --home $home criteria list
  $gateway repo status --repo $customs/repo
  $greenlane screen --help

and read README.md for the rest, docs/authority.md for the side of customs. tests/run.sh builds and runs the tests.
END
