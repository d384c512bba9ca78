#!/usr/bin/env python3
"""Makes one list file of the editions of a nomenclature: every code with the days on which it is valid.

Usage: make-nomenclature.py [-o FILE] [--digits N] [--candidates N] [--correlation FILE] FROM=EDITION...

FROM is the first day of an edition (2026-01-01). EDITION is its file: a JSON array of objects with `code` and, where
there is one, `supplementary_unit` or `unit`; or CSV whose first line names such columns (`hscode` is `code`, too).
Nothing else is read. An edition is in force until the day before the next one begins, the last one without end.

--digits N       take codes of N digits only, and leave headings and totals out
--correlation F  CSV with the columns old and new, as published: fills `successors`
--candidates N   fills `candidates` of a code that ends with the codes of the next edition that are new and share its
                 first N digits. That is a guess and no correlation: whoever shows them has to say so.

Writes code, from, to, unit, successors, candidates (docs/reference-data.md), in the order of codes and days. The same
input gives the same bytes.
"""
import argparse
import collections
import csv
import datetime
import json
import pathlib
import sys

COLUMNS = ["code:hs", "from:date", "to:date", "unit:string", "successors:string", "candidates:string"]
Row = collections.namedtuple("Row", "code begins ends unit")


class Mistake(Exception):
    pass


def records_of(path):
    text = path.read_text("utf-8-sig")
    if path.suffix != ".json":
        return list(csv.DictReader(text.splitlines()))
    records = json.loads(text)
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Mistake(f"{path}: expected an array of objects with 'code'")
    return records


def read_edition(path, digits):
    """Code to unit, "" for none."""
    units = {}
    for number, record in enumerate(records_of(path), 1):
        code = record.get("code", record.get("hscode"))
        if not isinstance(code, str):
            raise Mistake(f"{path}: record {number} has no 'code'; expected a text such as \"01012100\"")
        if digits and len(code) != digits:
            continue
        if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 12):
            raise Mistake(f"{path}: record {number}: '{code}' is no commodity code of 2 to 12 digits; --digits leaves others out")
        unit = record.get("supplementary_unit", record.get("unit")) or ""
        if units.setdefault(code, unit) != unit:
            raise Mistake(f"{path}: {code} is there twice, with the units '{units[code]}' and '{unit}'")
    if not units:
        raise Mistake(f"{path}: there is no code in it")
    return units


def rows_of(editions):
    """One row a code and unit for as long as the editions have them without a gap."""
    rows, open_rows = [], {}
    for begins, units in editions:
        for code, row in list(open_rows.items()):
            if units.get(code) != row.unit:
                rows.append(row._replace(ends=begins - datetime.timedelta(days=1)))
                del open_rows[code]
        for code, unit in units.items():
            open_rows.setdefault(code, Row(code, begins, None, unit))
    return sorted(rows + list(open_rows.values()), key=lambda row: row[:2])


def next_edition(editions, row):
    """The edition in which the code is not any more: its codes, and those of them that are new; none where it goes on."""
    for (_, before), (begins, units) in zip(editions, editions[1:]):
        if row.ends and begins == row.ends + datetime.timedelta(days=1) and row.code not in units:
            return set(units), set(units) - set(before)
    return set(), set()


def read_correlation(path):
    successors = collections.defaultdict(set)
    for number, record in enumerate(records_of(path), 2):
        if not record.get("old") or not record.get("new"):
            raise Mistake(f"{path}:{number}: expected a code in each of the columns old and new")
        successors[record["old"]].add(record["new"])
    return successors


def cells_of(row, editions, successors, candidate_digits):
    codes, new = next_edition(editions, row)
    named = sorted(successors.get(row.code, ())) if codes else []
    for successor in named:
        if successor not in codes:
            raise Mistake(f"the correlation gives {successor} for {row.code}, which the edition that follows does not have")
    candidates = sorted(code for code in new if candidate_digits and code[:candidate_digits] == row.code[:candidate_digits])
    return [row.code, row.begins, row.ends or "", row.unit, " ".join(named), " ".join(candidates)]


def read_editions(arguments, digits):
    editions = []
    for argument in arguments:
        begins, equals, name = argument.partition("=")
        try:
            day = datetime.date.fromisoformat(begins)
        except ValueError:
            day = None
        if not day or not equals:
            raise Mistake(f"'{argument}': expected the first day and the file, such as 2026-01-01=cn-2026.json")
        if editions and day <= editions[-1][0]:
            raise Mistake(f"the edition of {day} comes after that of {editions[-1][0]}; give them in the order of their days")
        editions.append((day, read_edition(pathlib.Path(name), digits)))
    return editions


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("editions", nargs="+", metavar="FROM=EDITION")
    parser.add_argument("-o", metavar="FILE", type=pathlib.Path)
    parser.add_argument("--digits", type=int, default=0)
    parser.add_argument("--candidates", type=int, default=0)
    parser.add_argument("--correlation", type=pathlib.Path)
    given = parser.parse_args()
    try:
        editions = read_editions(given.editions, given.digits)
        successors = read_correlation(given.correlation) if given.correlation else {}
        lines = [cells_of(row, editions, successors, given.candidates) for row in rows_of(editions)]
    except (Mistake, OSError, ValueError) as mistake:
        print(f"make-nomenclature: {mistake}", file=sys.stderr)
        return 3
    out = given.o.open("w", encoding="utf-8", newline="") if given.o else sys.stdout
    with out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
