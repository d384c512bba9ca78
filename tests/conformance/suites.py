"""The public suites hold whole: no case of them fails, and as many run as when this was written.

What a suite needs that the library does not have is skipped and counted by greenlane-conformance, never here.
"""
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("GREENLANE_TEST_DATA", ROOT.parent / "shared" / "data"))
PROGRAM = pathlib.Path(os.environ.get("GREENLANE_BIN", ROOT / "build" / "dev" / "bin")) / "greenlane-conformance"
# suite: (cases, the least that must pass)
SUITES = {"cel": ("cel/cases.ndjson", 1246), "json": ("vectors/json-test-suite/cases.ndjson", 283)}


def run(suite, cases, least):
    made = subprocess.run([PROGRAM, suite, cases], capture_output=True, text=True, errors="replace", check=False)
    lines = made.stdout.splitlines()
    count = re.fullmatch(r"(\d+) passed, (\d+) failed, (\d+) skipped", lines[-1] if lines else "")
    if made.returncode == 0 and count and int(count[1]) >= least and int(count[2]) == 0:
        print(f"{suite}: {lines[-1]}")
        return True
    print(f"{suite}: exit status {made.returncode}, expected 0 failed and {least} passed or more\n{made.stdout}{made.stderr}")
    return False


if not all((DATA / cases).exists() for cases, _ in SUITES.values()):
    print("skipped: no test data")
    raise SystemExit(0)
outcomes = [run(suite, DATA / cases, least) for suite, (cases, least) in SUITES.items()]
raise SystemExit(0 if all(outcomes) else 1)
