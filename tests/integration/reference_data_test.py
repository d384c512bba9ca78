#!/usr/bin/python3
"""The sample packs pass their own tests, and a nomenclature made of two published editions finds every code that is gone."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from program import ROOT, Case, criterion, greenlane, main

DATA = pathlib.Path(os.environ.get("GREENLANE_TEST_DATA", ROOT.parent / "shared" / "data")) / "nomenclature"
GONE, NEW = 14, 27
EDITIONS = (("2025-01-01", DATA / "cn" / "cn8-2025.json"), ("2026-01-01", DATA / "cn" / "cn8-2026.json"))


def make(output, *arguments):
    subprocess.run([sys.executable, ROOT / "scripts" / "make-nomenclature.py", "-o", output, *arguments], check=True)
    return list(csv.DictReader(output.read_text("utf-8").splitlines()))


class ReferenceData(Case):
    def test_sample_packs_pass_their_own_tests(self):
        for folder in sorted(ROOT.glob("samples/criteria/*/pack.json")):
            with self.subTest(folder.parent.name):
                run = greenlane("pack", "test", str(folder.parent))
                self.assertEqual(run.status, 0, run.out + run.err)

    def test_codes_that_are_gone_are_valid_to_the_last_day_and_named_with_what_came(self):
        if not DATA.is_dir():
            self.skipTest("no test data")
        with tempfile.TemporaryDirectory() as folder:
            rows = make(pathlib.Path(folder) / "cn.csv", "--candidates", "6", *(f"{day}={path}" for day, path in EDITIONS))
            codes = {day: {row["code"] for row in json.loads(path.read_text("utf-8"))} for day, path in EDITIONS}
            gone = [row for row in rows if row["code:hs"] in codes["2025-01-01"] - codes["2026-01-01"]]
            new = [row for row in rows if row["code:hs"] in codes["2026-01-01"] - codes["2025-01-01"]]
            self.assertEqual((len(gone), len(new)), (GONE, NEW))
            self.assertEqual({row["to:date"] for row in gone}, {"2025-12-31"})
            lines = [{"format": "greenlane.declaration/1", "declared_on": day, "items": [{"hs": row["code:hs"]}]}
                     for row in gone for day in ("2025-12-31", "2026-01-01")]
            inputs = pathlib.Path(folder) / "declarations.ndjson"
            inputs.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
            run = greenlane("--format", "json", "screen", "--fail-on", "never", "--pack", "samples/criteria/eu-nomenclature", str(inputs))
            self.assertEqual(run.status, 0, run.err)
            answers = [json.loads(line) for line in run.out.splitlines()]
            for row, before, after in zip(gone, answers[::2], answers[1::2]):
                self.assertNotIn("CODE_NOT_VALID", [finding["code"] for finding in before["findings"]], row)
                messages = [finding["message"]["en"] for finding in after["findings"] if finding["code"] == "CODE_NOT_VALID"]
                self.assertEqual(len(messages), 1, row)
                self.assertIn(row["candidates:string"], messages[0])
                self.assertTrue(row["candidates:string"])

    def test_the_sample_pack_holds_what_the_tool_makes(self):
        if not DATA.is_dir():
            self.skipTest("no test data")
        with tempfile.TemporaryDirectory() as folder:
            made = pathlib.Path(folder) / "cn.csv"
            make(made, "--candidates", "6", *(f"{day}={path}" for day, path in EDITIONS))
            self.assertEqual(made.read_bytes(), (ROOT / "samples/criteria/eu-nomenclature/lists/cn.csv").read_bytes())

    def test_codes_that_the_edition_of_2022_does_not_have_are_found_in_declarations_of_the_edition_before(self):
        korea = DATA.parent / "korea-customs" / "df_syn_train_eng.csv"
        if not korea.is_file():
            self.skipTest("no test data")
        with tempfile.TemporaryDirectory() as folder:
            pack = pathlib.Path(folder) / "pack"
            (pack / "lists").mkdir(parents=True)
            (pack / "criteria").mkdir()
            rows = make(pack / "lists" / "hs.csv", "--digits", "6", f"2022-01-01={DATA / 'hs-2022' / 'harmonized-system.csv'}")
            (pack / "pack.json").write_text((ROOT / "samples/criteria/eu-nomenclature/pack.json").read_text("utf-8"), "utf-8")
            (pack / "criteria" / "gone.json").write_text(json.dumps(criterion("!lists.hs.has(item.hs)", each="items")), "utf-8")
            run = greenlane("--format", "json", "--quiet", "screen", "--fail-on", "never", "--as-of", "2022-01-01", "--jobs", "2", "--pack", pack,
                            "--input", "csv", "--mapping", "samples/mappings/korea-customs.json", korea)
            self.assertEqual(run.status, 0, run.err)
            known = {row["code:hs"] for row in rows}
            self.assertEqual(len(known), 5613)
            declared = [row["HS6 Code"].zfill(6) for row in csv.DictReader(korea.read_text("utf-8").splitlines())]
            hit = [bool(json.loads(line)["findings"]) for line in run.out.splitlines()]
            self.assertEqual(hit, [code not in known for code in declared])
            self.assertIn(True, hit)


if __name__ == "__main__":
    main()
