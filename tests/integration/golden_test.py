#!/usr/bin/python3
"""Assessments, explanations and reports of a small pack, and sample messages as documents, byte for byte. UPDATE_GOLDEN=1 writes them anew."""
import os
import pathlib

from program import ROOT, Case, greenlane, main

GOLDEN = ROOT / "tests" / "golden"
DECLARATIONS = ("closed-region", "during-the-ban", "much-unknown")
MESSAGES = (("cn-single-window", "cn-single-window-import.xml"), ("cusdec-d99b", "cusdec-two-items.edi"),
            ("uk-cds", "uk-cds-import.xml"), ("uk-cds", "uk-cds-rejection.xml"))
CRITERIA = ("G.REGION", "G.CERT", "G.WEIGHT")


def runs():
    """What is run for each expected file; paths are relative, so that no report names this machine's folders."""
    pack = ["--pack", "tests/golden/pack"]
    for name in DECLARATIONS:
        path = f"tests/golden/declarations/{name}.json"
        yield f"{name}.assessment.json", ["--format", "json", "screen", "--fail-on", "never", *pack, path]
        yield f"{name}.why.json", ["--format", "json", "screen", "--why", "--fail-on", "never", *pack, path]
        for criterion in CRITERIA:
            yield f"{name}.{criterion}.explanation.json", ["--format", "json", "explain", *pack, "--criterion", criterion, path]
            yield f"{name}.{criterion}.explanation.txt", ["--lang", "en", "explain", *pack, "--criterion", criterion, path]
    for language in ("en", "zh"):
        yield f"report.{language}.txt", ["--lang", language, "screen", "--fail-on", "never", *pack, "tests/golden/declarations"]
        yield f"report.why.{language}.txt", ["--lang", language, "screen", "--why", "--fail-on", "never", *pack, "tests/golden/declarations"]
        yield f"show.{language}.txt", ["--lang", language, "pack", "show", "tests/golden/pack"]
    yield "pack.json", ["pack", "build", "tests/golden/pack"]
    for mapping, message in MESSAGES:
        yield f"{pathlib.Path(message).stem}.json", ["convert", "--mapping", f"samples/mappings/{mapping}.json", f"samples/messages/{message}"]


class Golden(Case):
    def test_output_is_what_it_was(self):
        os.chdir(ROOT)
        update = os.environ.get("UPDATE_GOLDEN") == "1"
        names = set()
        for name, arguments in runs():
            names.add(name)
            with self.subTest(name):
                run = greenlane(*arguments)
                self.assertEqual(run.status, 0, run.err)
                path = GOLDEN / "expected" / name
                if update:
                    path.write_text(run.out, "utf-8")
                self.assertTrue(path.exists(), f"there is no {path}; run with UPDATE_GOLDEN=1")
                self.assertEqual(run.out, path.read_text("utf-8"))
        left_over = {path.name for path in (GOLDEN / "expected").iterdir()} - names
        self.assertEqual(left_over, set())


if __name__ == "__main__":
    main()
