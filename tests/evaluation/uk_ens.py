#!/usr/bin/env python3
"""Whether the packs samples/criteria/uk-ens-* find what the published rules for UK entry summaries raise.

Usage: uk_ens.py --greenlane PROGRAM [--mutations COUNT [--seed SEED]]

Screens the judged messages of GREENLANE_TEST_DATA/ens (default: ../shared/data beside the checkout), one file each, and
compares the codes of the findings, as a multiset, and the elements that they point to. With --mutations it checks an
evaluator of its own (ens_rules.py) on the judged messages first, and then compares all four packs with it on COUNT
changed messages each. Ends with 1 where anything differs.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import ens_mutations
import ens_rules

SAMPLES = ens_rules.CHECKOUT / "samples"
PACKS = {"315": "uk-ens-ie315", "315New": "uk-ens-ie315-new", "313": "uk-ens-ie313", "313New": "uk-ens-ie313-new"}


def screen(program, rule_set, messages, arguments=()):
    """What each message raises, sorted: codes with locations; an error stands for a message that could not be read."""
    with tempfile.TemporaryDirectory() as folder:
        for index, message in enumerate(messages):
            (pathlib.Path(folder) / f"{index:06}.xml").write_bytes(message.encode())
        command = [program, "--format", "json", "--quiet", "screen", "--fail-on", "never", "--jobs", "2", *arguments,
                   "--pack", SAMPLES / "criteria" / PACKS[rule_set], "--mapping", SAMPLES / "mappings" / f"ens-ie{rule_set[:3]}.json", folder]
        done = subprocess.run(command, capture_output=True, check=False)
    lines = [json.loads(line) for line in done.stdout.split(b"\n") if line]
    if len(lines) != len(messages):
        raise SystemExit(f"{len(messages)} messages, but {len(lines)} answers: {done.stderr[:2000].decode()}")
    return [[("error", line["error"]["message"])] if "error" in line else
            sorted((finding["code"], finding["at"][0].get("xpath", "")) for finding in line["findings"]) for line in lines]


def codes(raised):
    return sorted(code for code, _ in raised)


def show_difference(name, got, wanted):
    more, fewer = collections.Counter(got) - collections.Counter(wanted), collections.Counter(wanted) - collections.Counter(got)
    for sign, some in (("also", more), ("lacks", fewer)):
        for (code, location), count in sorted(some.items()):
            print(f"  {name} {sign} {code} at {location}" + (f" ({count} times)" if count > 1 else ""))


def compare(title, names, got, wanted):
    """Prints how many agree; returns the places of those that do not."""
    same_codes = sum(codes(g) == codes(w) for g, w in zip(got, wanted))
    different = [i for i, (g, w) in enumerate(zip(got, wanted)) if g != w]
    print(f"{title}: {len(got)} messages, codes equal {same_codes}, locations equal too {len(got) - len(different)}")
    for i in different[:20]:
        show_difference(names[i], got[i], wanted[i])
    return different


def judged(program):
    cases = ens_rules.read_cases()
    started = time.monotonic()
    got = screen(program, "315", [case["xml"] for case in cases])
    took = time.monotonic() - started
    wanted = [sorted((e["code"], e["location"]) for e in case["expected"]) for case in cases]
    different = compare("uk-ens-ie315, judged", [case["case"] for case in cases], got, wanted)
    print(f"{took:.1f} seconds, {sum(map(len, wanted))} errors over {len({c for w in wanted for c, _ in w})} codes")
    return bool(different)


def mutated(program, count, seed):
    cases = ens_rules.read_cases()
    rules = {name: ens_rules.RuleSet(name) for name in PACKS}
    wanted = [sorted((e["code"], e["location"]) for e in case["expected"]) for case in cases]
    wrong = compare("own evaluator, judged", [c["case"] for c in cases], [rules["315"].raised(c["xml"]) for c in cases], wanted)
    donor = (ens_rules.DATA / "samples" / "315AllOptional.xml").read_bytes()
    failed = bool(wrong)
    for name in PACKS:
        mutator = ens_mutations.Mutator(cases, donor, f"{seed} {name}")
        messages = [ens_mutations.write_message(mutator.message(), name[:3]) for _ in range(count)]
        got = screen(program, name, messages, ["--as-of", "2009-12-31"])
        different = compare(f"{PACKS[name]}, mutated", range(count), got, [rules[name].raised(m) for m in messages])
        for i in different[:3]:
            print(f"  {i}: {messages[i]!r}")
        failed = failed or bool(different)
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--greenlane", required=True)
    parser.add_argument("--mutations", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not ens_rules.DATA.is_dir():
        print("skipped: no test data")
        return 0
    failed = judged(options.greenlane)
    if options.mutations:
        failed = mutated(options.greenlane, options.mutations, options.seed) or failed
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
