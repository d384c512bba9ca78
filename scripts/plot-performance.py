#!/usr/bin/env python3
"""Puts the figures of a benchmark run into docs/performance.md and docs/performance.svg.

usage: build/release/bin/greenlane-bench --json > figures.json && scripts/plot-performance.py figures.json
"""
import json
import math
import pathlib
import sys

DOCS = pathlib.Path(__file__).resolve().parents[1] / "docs"
BEGIN, END = "<!-- figures: written by scripts/plot-performance.py -->\n", "<!-- end of figures -->\n"

# Series: set, member of its rows, name, colour, dashes.
SERIES = (("dense", "engine_us", "dense, greenlane", "#b3261e", ""), ("dense", "limit_us", "dense, by hand", "#b3261e", "5 4"),
          ("sparse", "engine_us", "sparse, greenlane", "#1a56a8", ""), ("sparse", "limit_us", "sparse, by hand", "#1a56a8", "5 4"))
LEFT, TOP, WIDTH, HEIGHT = 70, 40, 500, 300


def rows(figures):
    """What is measured, the figure, the goal."""
    f = figures
    number = lambda value: f"{value:,.0f}"
    yield "evaluation, dense, 1,000 criteria, of the reference by hand", f"{f['dense_1000_ratio']:.2f} ×", "≤ 2.0 ×"
    yield "evaluation, dense, 10,000 criteria, of the reference by hand", f"{f['dense_10000_ratio']:.2f} ×", "≤ 2.0 ×"
    yield ("cost of a line, sparse, 100,000 criteria against 1,000",
           f"{f['sparse_growth']:.1f} × (by hand {f['sparse_limit_growth']:.1f} ×)", "≤ 20 ×")
    yield "candidates a hit, dense, 10,000 criteria", f"{f['candidates_per_hit']:.2f}", "≤ 3"
    yield ("NDJSON, 1,000 criteria, one thread, of a bare pipeline that writes the same bytes",
           f"{100 * f['ndjson_ratio']:.0f} % ({number(f['ndjson_lines_per_s'])} of {number(f['ndjson_bare_lines_per_s'])} lines/s)",
           "≥ 50 %")
    yield ("the same, of a bare pipeline that writes ids only",
           f"{100 * f['ndjson_ids_ratio']:.0f} % (of {number(f['ndjson_bare_ids_lines_per_s'])} lines/s)", "")
    yield "two threads on two cores", f"{f['threads2_speedup']:.2f} × one", "≥ 1.6 ×"
    yield "explanation of one finding", f"{f['explain_ms']:.3f} ms", "< 1 ms"
    yield ("peak memory of a run of 1,000,000 lines, two threads",
           f"{f['peak_mb']:.0f} MB (after 100,000 lines {f['peak_100k_mb']:.0f} MB)", "< 256 MB, flat")
    yield "loading a pack with a table of 100,000 rows", f"{f['load_100k_s']:.2f} s", "< 2 s"
    yield "its index", f"{f['bytes_per_row']:.0f} bytes a row", "< 300"
    if "korea_ratio" in f:
        yield ("Korean CSV, of a bare program that splits the rows and writes results made before",
               f"{100 * f['korea_ratio']:.0f} % ({number(f['korea_lines_per_s'])} lines/s)", "")


def tables(figures):
    out = "| | figure | goal |\n|---|---|---|\n"
    out += "".join(f"| {what} | {figure} | {goal} |\n" for what, figure, goal in rows(figures))
    out += "\n| set | criteria | µs a line | by hand | ratio | hits a line | candidates a hit | load, s | index, bytes a criterion |\n"
    out += "|---|---|---|---|---|---|---|---|---|\n"
    for name in ("dense", "sparse"):
        for r in figures[name]:
            out += (f"| {name} | {r['criteria']:,} | {r['engine_us']:.3f} | {r['limit_us']:.3f} | {r['ratio']:.2f} | {r['hits']:.2f} "
                    f"| {r['candidates'] / r['hits']:.2f} | {r['load_s']:.2f} | {r['bytes_per_criterion']:.0f} |\n")
    return out


def power(exponent):
    return f"{10.0 ** exponent:,.0f}" if exponent >= 0 else f"{10.0 ** exponent:g}"


def plot(figures):
    costs = [r[member] for name, member, *_ in SERIES for r in figures[name]]
    low, high = math.floor(math.log10(min(costs))), math.ceil(math.log10(max(costs)))
    sizes = [r["criteria"] for name in ("dense", "sparse") for r in figures[name]]
    first, last = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
    x = lambda size: LEFT + WIDTH * (math.log10(size) - first) / (last - first)
    y = lambda cost: TOP + HEIGHT * (high - math.log10(cost)) / (high - low)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 190} {TOP + HEIGHT + 60}" '
           'font-family="sans-serif" font-size="13">',
           "<title>Cost of a goods line against the size of the pack</title>",
           '<rect width="100%" height="100%" fill="white"/>',
           f'<text x="{LEFT}" y="{TOP - 16}">microseconds a line</text>',
           f'<text x="{LEFT + WIDTH / 2}" y="{TOP + HEIGHT + 44}" text-anchor="middle">criteria of the pack</text>']
    for e in range(first, last + 1):
        out.append(f'<path d="M{x(10 ** e):.1f} {TOP}V{TOP + HEIGHT}" stroke="#ddd"/>'
                   f'<text x="{x(10 ** e):.1f}" y="{TOP + HEIGHT + 20}" text-anchor="middle">{power(e)}</text>')
    for e in range(low, high + 1):
        out.append(f'<path d="M{LEFT} {y(10.0 ** e):.1f}H{LEFT + WIDTH}" stroke="#ddd"/>'
                   f'<text x="{LEFT - 8}" y="{y(10.0 ** e) + 4:.1f}" text-anchor="end">{power(e)}</text>')
    for place, (name, member, label, colour, dashes) in enumerate(SERIES):
        points = " ".join(f"{x(r['criteria']):.1f},{y(r[member]):.1f}" for r in figures[name])
        legend = TOP + 14 + 24 * place
        style = f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes or "none"}"'
        out.append(f'<polyline points="{points}" {style}/>')
        out.append(f'<path d="M{LEFT + WIDTH + 16} {legend}h30" {style}/><text x="{LEFT + WIDTH + 54}" y="{legend + 4}">{label}</text>')
    return "\n".join(out) + "\n</svg>\n"


def main(name):
    figures = json.loads(pathlib.Path(name).read_text(encoding="utf-8"))
    if figures["quick"]:
        sys.exit(f"{name} is of a run with --quick, whose times mean nothing")
    page = DOCS / "performance.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        sys.exit(f"{page} has no place for figures between {BEGIN.strip()} and {END.strip()}")
    page.write_text(before + BEGIN + tables(figures) + END + after, encoding="utf-8")
    (DOCS / "performance.svg").write_text(plot(figures), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
