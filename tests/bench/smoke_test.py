"""greenlane-bench --quick: engine and references agree, every figure is there, and the page and its plot can be made of
them. No time is looked at."""
import json
import os
import pathlib
import runpy
import subprocess
import xml.etree.ElementTree

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

made = subprocess.run([PROGRAM, "verify", "--quick", "--json"], capture_output=True, text=True, check=True).stdout
figures_of_signatures = json.loads(made)
for name in ("ed25519", "p256", "sm2"):
    assert all(figures_of_signatures[f"verify_{name}_{what}"] > 0 for what in ("ratio", "us", "bare_us")), made
assert figures_of_signatures["verify_dsse_us"] > 0, made
assert "OpenSSL bare" in subprocess.run([PROGRAM, "verify", "--quick"], capture_output=True, text=True, check=True).stdout

script = runpy.run_path(pathlib.Path(__file__).resolve().parents[2] / "scripts" / "plot-performance.py")
assert script["tables"](figures).count("\n| dense |") == len(figures["dense"]), "the page does not show every size"
plot = xml.etree.ElementTree.fromstring(script["plot"](figures))
assert len(plot.findall("{http://www.w3.org/2000/svg}polyline")) == 4, "the plot does not show every series"
