"""greenlane-bench --quick: engine and references agree, and every figure is there. No time is looked at."""
import json
import os
import pathlib
import subprocess

PROGRAM = pathlib.Path(os.environ["GREENLANE_BIN"]) / "greenlane-bench"
FIGURES = ("dense_1000_ratio dense_10000_ratio sparse_growth candidates_per_hit ndjson_ratio ndjson_lines_per_s "
           "threads2_speedup explain_ms load_100k_s bytes_per_row peak_mb").split()

made = subprocess.run([PROGRAM, "--quick", "--json"], capture_output=True, text=True, check=False)
assert made.returncode == 0, made.stderr
assert made.stdout.count("\n") == 1, made.stdout
figures = json.loads(made.stdout)
absent = [name for name in FIGURES if not figures.get(name, 0) > 0]
assert not absent, f"figures that are not there: {absent}"
for series in ("dense", "sparse"):
    assert all(row["engine_us"] > 0 and row["limit_us"] > 0 for row in figures[series]), figures[series]

table = subprocess.run([PROGRAM, "--quick"], capture_output=True, text=True, check=True).stdout
assert "bare pipeline" in table, table
assert subprocess.run([PROGRAM, "--unknown"], capture_output=True, check=False).returncode == 2
