#!/usr/bin/env python3
"""How well the criteria of samples/criteria/kr-profile find what inspection found.

Usage: kr_fraud.py CSV ASSESSMENTS [CSV ASSESSMENTS]...
       kr_fraud.py --greenlane PROGRAM

CSV is a file of the Korean customs data with its labels, ASSESSMENTS the lines that `greenlane --format json
screen` made of it. With --greenlane the program screens the training and the validation file itself, below
GREENLANE_TEST_DATA (default: ../shared/data beside the checkout). The bands of the profile come from the
training file, so that its figures flatter the profile. Those of the validation file do so less, but they are
no blind test: criteria and thresholds were chosen among some 300 candidates with the labels of both files in
sight.

Lift is precision divided by the base rate: 1.00 is what drawing lots achieves. An asterisk marks a lift that
lots of the same size would reach less often than once in 40 times (exact binomial tail), without allowance
for the number of criteria in the table or of candidates before it.
"""
import argparse
import csv
import json
import math
import os
import pathlib
import subprocess
import sys

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
TEST_DATA = pathlib.Path(os.environ.get("GREENLANE_TEST_DATA", CHECKOUT.parent / "shared" / "data"))
DATA = TEST_DATA / "korea-customs"
PACK = CHECKOUT / "samples" / "criteria" / "kr-profile"
MAPPING = CHECKOUT / "samples" / "mappings" / "korea-customs.json"
RANKS = {"none": 0, "low": 1, "medium": 2, "high": 3}
LEVELS = {"": "-", "low": "low", "medium": "med", "high": "high"}
LABELS = (("Fraud", "1"), ("Critical Fraud", "2"))


def read_labels(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {row["Declaration ID"]: tuple(row[name] == value for name, value in LABELS)
                for row in csv.DictReader(file)}


class Tally:
    """Hits of one rule, and how many of them carried each label."""

    def __init__(self, level=""):
        self.level, self.hits, self.undetermined, self.found = level, 0, 0, [0] * len(LABELS)

    def add(self, labels):
        self.hits += 1
        self.found = [count + label for count, label in zip(self.found, labels)]


def combined_rules(levels, findings):
    """The rules over all criteria together; `levels`: of the findings, one for each criterion."""
    rank = RANKS[max(levels, key=RANKS.get, default="none")]
    return {"any finding": rank >= 1, "level >= medium": rank >= 2, "level high": rank >= 3,
            "3 findings or more": findings >= 3}


def evaluate(lines, labels):
    criteria, combined, total, errors = {}, {}, Tally(), 0
    for line in lines:
        assessment = json.loads(line)
        if "error" in assessment:
            errors += 1
            continue
        of_line = labels[assessment["declaration"]["id"]]
        total.add(of_line)
        # A criterion that hits several rows or items of one declaration counts once.
        hit = {finding["criterion"]: finding["level"] for finding in assessment["findings"]}
        for criterion, level in hit.items():
            criteria.setdefault(criterion, Tally(level)).add(of_line)
            criteria[criterion].level = criteria[criterion].level or level
        for entry in assessment["undetermined"]:
            criteria.setdefault(entry["criterion"], Tally()).undetermined += 1
        for rule, holds in combined_rules(list(hit.values()), len(hit)).items():
            tally = combined.setdefault(rule, Tally())
            if holds:
                tally.add(of_line)
    return criteria, combined, total, errors


def chance(hits, found, base):
    """The smaller tail of the binomial distribution at `found`: what drawing lots reaches this often."""
    def log_term(k):
        return (math.lgamma(hits + 1) - math.lgamma(k + 1) - math.lgamma(hits - k + 1)
                + k * math.log(base) + (hits - k) * math.log(1 - base))
    ks = range(found, hits + 1) if found > base * hits else range(found + 1)
    return math.fsum(math.exp(log_term(k)) for k in ks)


def figures(tally, total, label):
    """Precision, recall and lift as text of 19 columns."""
    all_found, hits, found = total.found[label], tally.hits, tally.found[label]
    if hits == 0 or not 0 < all_found < total.hits:
        return f"{'-':>6}{'-':>6}{'-':>6} "
    base = all_found / total.hits
    mark = "*" if chance(hits, found, base) < 0.025 else " "
    return f"{found / hits:6.1%}{found / all_found:6.1%}{found / hits / base:6.2f}{mark}"


def print_row(start, tally, total):
    print((start + figures(tally, total, 0) + figures(tally, total, 1)).rstrip())


def print_table(name, criteria, combined, total, errors):
    print(f"{name}: {total.hits} assessments, {errors} errors")
    fraud, critical = (found / total.hits for found in total.found)
    print(f"base rate: fraud {fraud:.2%}, critical fraud {critical:.2%}")
    print()
    print(f"{'':39}{'fraud':>12}{'critical':>20}")
    head = f"{'criterion':22}{'level':5}{'hits':>6}{'undet':>6}"
    print((head + f"{'prec':>6}{'recall':>7}{'lift':>5} " * 2).rstrip())
    print("-" * 80)
    for criterion, tally in sorted(criteria.items()):
        name = f"{criterion.removeprefix('KR.'):22}{LEVELS[tally.level]:5}"
        print_row(f"{name}{tally.hits:6}{tally.undetermined:6}", tally, total)
    print("-" * 80)
    for rule, tally in combined.items():
        print_row(f"{rule:27}{tally.hits:6}{'':6}", tally, total)
    print()


def screened_lines(program, path):
    command = [program, "--format", "json", "screen", "--fail-on", "never", "--pack", str(PACK),
               "--input", "csv", "--mapping", str(MAPPING), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        yield from process.stdout
    if process.returncode != 0:
        sys.exit(f"{program} left with status {process.returncode}")


def report(name, path, lines):
    result = evaluate(lines, read_labels(path))
    if result[2].hits == 0:
        sys.exit(f"{path}: no line could be read")
    print_table(name, *result)
    return result[3]


def main():
    parser = argparse.ArgumentParser(description="Hits, precision, recall and lift of each criterion.")
    parser.add_argument("--greenlane", help="screen the training and the validation file with this program")
    parser.add_argument("files", nargs="*", metavar="CSV ASSESSMENTS")
    arguments = parser.parse_args()
    errors = 0
    if arguments.greenlane:
        if not DATA.is_dir():
            print("skipped: no test data")
            return 0
        for name in ("train", "valid"):
            path = DATA / f"df_syn_{name}_eng.csv"
            errors += report(name, path, screened_lines(arguments.greenlane, path))
        return 1 if errors else 0
    if not arguments.files or len(arguments.files) % 2:
        parser.error("give a CSV file and its assessments, or --greenlane PROGRAM")
    for path, assessments in zip(arguments.files[::2], arguments.files[1::2]):
        with open(assessments, encoding="utf-8") as lines:
            errors += report(pathlib.Path(path).stem, path, lines)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
