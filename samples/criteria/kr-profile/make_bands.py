#!/usr/bin/env python3
"""Computes the lists of this profile from one year of the trader's own declarations.

Usage: make_bands.py [FOLDER]

Reads the training file of the Korean customs data and the HS 2022 nomenclature below GREENLANE_TEST_DATA
(default: ../shared/data beside the checkout) and writes CSV lists into FOLDER (default: lists/ beside this
program). The labels of the file are never read. Every list holds aggregates: nothing is written about a group
smaller than the bound given with it. The same input gives the same bytes.
"""
import argparse
import collections
import csv
import decimal
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
CHECKOUT = HERE.parents[2]
DATA = pathlib.Path(os.environ.get("GREENLANE_TEST_DATA", CHECKOUT.parent / "shared" / "data"))

# The precision of the expressions that compare with the bands.
decimal.getcontext().prec = 34
decimal.getcontext().rounding = decimal.ROUND_HALF_EVEN

BAND_LINES = 30  # of a code, with or without its origin: p02 needs at least one line below it
SOURCE_LINES = 100  # of a heading
SOURCE_LEAST, SOURCE_SHARE = 3, 100  # an origin is usual from three lines and one line in 100 on
ROUTE_ORIGIN_LINES, ROUTE_LINES = 10, 3  # lines of an origin; of a country of departure for that origin
HEADING_RATE_LINES = 30  # lines of a heading at general rates
PREFERENCE_LINES = 5  # lines of a code and origin at a preferential rate
MARK_SHARE = 1000  # an origin mark is in use from one line in 1000 on

NO_COUNTRY = "ZZ"
GENERAL = {"A", "C"}  # general and WTO rate


def is_preference(tax_type):
    return (tax_type.startswith("F") and len(tax_type) > 1) or tax_type in {"E1", "R"}


def read_lines():
    with open(DATA / "korea-customs" / "df_syn_train_eng.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                "hs": row["HS6 Code"], "origin": row["Country of Origin"],
                "departure": row["Country of Departure"], "mark": row["Country of Origin Indicator"],
                "tax": row["Tax Type"], "rate": decimal.Decimal(row["Tax Rate"]) / 100,
                "kg": decimal.Decimal(row["Net Mass"]), "price": decimal.Decimal(row["Item Price"]),
            }


def text(number, digits=6):
    """Plain notation, `digits` significant digits, without trailing zeros."""
    rounded = number.normalize(decimal.Context(prec=digits, rounding=decimal.ROUND_HALF_EVEN))
    return format(rounded, "f")


def quantile(values, per_cent):
    """The value below which `per_cent` of the sorted values lie, always one of them."""
    return values[len(values) * per_cent // 100]


def write(folder, name, header, rows):
    path = folder / name
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def bands(lines, key):
    """Price per kilogram of six-digit codes and of headings, grouped further by `key`."""
    groups = collections.defaultdict(list)
    for line in lines:
        if line["kg"] > 0 and line["price"] > 0:
            for digits in (4, 6):
                groups[(line["hs"][:digits], *key(line))].append(line["price"] / line["kg"])
    rows = []
    for group, prices in sorted(groups.items()):
        if len(prices) >= BAND_LINES:
            prices.sort()
            rows.append([*group, *(text(quantile(prices, p)) for p in (2, 50, 98)), len(prices)])
    return rows


def medians(lines, key, least):
    groups = collections.defaultdict(list)
    for line in lines:
        groups[key(line)].append(line["rate"])
    return [[*group, text(quantile(sorted(rates), 50)), len(rates)]
            for group, rates in sorted(groups.items()) if len(rates) >= least]


def usual_sources(lines):
    headings = collections.Counter(line["hs"][:4] for line in lines)
    pairs = collections.Counter((line["hs"][:4], line["origin"]) for line in lines)
    return [[heading, origin, count] for (heading, origin), count in sorted(pairs.items())
            if headings[heading] >= SOURCE_LINES and count >= SOURCE_LEAST
            and count * SOURCE_SHARE >= headings[heading]]


def known_routes(lines):
    lines = [line for line in lines if NO_COUNTRY not in (line["origin"], line["departure"])]
    origins = collections.Counter(line["origin"] for line in lines)
    routes = collections.Counter((line["origin"], line["departure"]) for line in lines)
    return [[origin, departure, count] for (origin, departure), count in sorted(routes.items())
            if origins[origin] >= ROUTE_ORIGIN_LINES and count >= ROUTE_LINES]


def withdrawn_codes(lines):
    path = DATA / "nomenclature" / "hs-2022" / "harmonized-system.csv"
    with open(path, encoding="utf-8-sig", newline="") as file:
        known = {row["hscode"] for row in csv.DictReader(file) if row["level"] == "6"}
    return sorted({line["hs"] for line in lines} - known)


def main():
    parser = argparse.ArgumentParser(description="Computes the lists of the profile.")
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=HERE / "lists")
    folder = parser.parse_args().folder
    if not DATA.is_dir():
        print("skipped: no test data")
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    lines = list(read_lines())
    band = ["p02:decimal", "p50:decimal", "p98:decimal", "lines:decimal"]
    write(folder, "price_band.csv", ["code:hs", "origin:country", *band],
          bands(lines, lambda l: (l["origin"],)))
    write(folder, "price_band_any.csv", ["code:hs", *band], bands(lines, lambda l: ()))
    write(folder, "usual_source.csv", ["heading:hs", "origin:country", "lines:decimal"], usual_sources(lines))
    write(folder, "known_route.csv", ["origin:country", "departure:country", "lines:decimal"],
          known_routes(lines))
    general = [line for line in lines if line["tax"] in GENERAL]
    write(folder, "heading_rate.csv", ["heading:hs", "rate:decimal", "lines:decimal"],
          medians(general, lambda l: (l["hs"][:4],), HEADING_RATE_LINES))
    preferential = [line for line in lines if is_preference(line["tax"])]
    write(folder, "preference_rate.csv", ["code:hs", "origin:country", "rate:decimal", "lines:decimal"],
          medians(preferential, lambda l: (l["hs"], l["origin"]), PREFERENCE_LINES))
    write(folder, "withdrawn_2022.csv", ["code:hs"], [[code] for code in withdrawn_codes(lines)])
    marks = collections.Counter(line["mark"] for line in lines)
    write(folder, "origin_mark.csv", ["mark:string"],
          [[mark] for mark, count in sorted(marks.items()) if count * MARK_SHARE >= len(lines)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
