#!/usr/bin/python3
"""Packs that are wrong or meant to harm: each is refused by every command, with file, place and what was expected."""
import json

from program import Case, criterion, declaration, greenlane, main, pack


def with_criterion(**members):
    return lambda whole: whole["criteria"].append(criterion("true", id="T.TWO") | members)


def test_of(expect, **members):
    return {"name": "planted", "declaration": {"lrn": "a"}, "expect": expect, **members}


# name: (change to a good pack, code, file, pointer, what the message says)
MISTAKES = {
    "a condition that does not type-check": (with_criterion(when="declaration.lrnn == 'a'"), "invalid_expression", "criteria/001.json", "/when", ["column 1", "did you mean 'lrn'?"]),
    "a condition over several lines": (with_criterion(when=["declaration.lrn == 'a' &&", "  declaration.lrn > 5"]), "invalid_expression", "criteria/001.json", "/when", ["line 2, column 3"]),
    "a condition that does not parse": (with_criterion(when="declaration.lrn == "), "invalid_expression", "criteria/001.json", "/when", ["end of the expression"]),
    "a regular expression that explodes": (with_criterion(when="declaration.lrn.matches('((a{1,100}){1,100}){1,100}')"), "invalid_expression", "criteria/001.json", "/when", ["regular expression"]),
    "a planted wrong expectation": (with_criterion(tests=[test_of("clear")]), "failed_test", None, None, ["T.TWO@1", "planted", "expects clear but gives hit"]),
    "a test whose declaration is wrong": (with_criterion(tests=[test_of("hit", declaration={"itmes": []})]), "failed_test", None, None, ["/itmes", "items"]),
    "a list that is missing": (with_criterion(when="declaration.lrn in lists.names"), "invalid_expression", "criteria/001.json", "/when", ["names"]),
    "a table that is missing": (with_criterion(rows="bands"), "invalid_pack", "criteria/001.json", "/rows", ["bands"]),
    "periods that overlap": (with_criterion(id="T.ONE", version=2, effective={"from": "2024-01-01"}), "invalid_pack", "criteria/001.json", "/effective", ["T.ONE@1", "overlaps"]),
    "overlap with what is superseded": (with_criterion(supersedes="T.ONE@1"), "invalid_pack", "criteria/001.json", "/effective", ["T.ONE@1"]),
    "a superseded version that is gone": (with_criterion(supersedes="T.OLD@1"), "invalid_pack", "criteria/001.json", "/supersedes", ["T.OLD@1"]),
    "a condition that costs too much": (with_criterion(when="declaration.items.all(a, declaration.items.all(b, declaration.items.all(c, a.hs == b.hs || b.hs == c.hs)))"),
                                        "limit_exceeded", "criteria/001.json", "/when", ["T.TWO@1", "units"]),
    "a wrong code in a list": (lambda whole: whole["lists"].update(codes={"type": "hs", "values": ["0307", "03.07"]}), "invalid_pack", "lists/codes.json", "/values/1", ["03.07", "commodity code"]),
    "an unknown key": (with_criterion(whne="true"), "invalid_document", "criteria/001.json", "/whne", ["when"]),
    "a level that is none": (with_criterion(level="urgent"), "invalid_document", "criteria/001.json", "/level", ["medium"]),
    "a date that does not exist": (with_criterion(effective={"from": "2025-02-30"}), "invalid_document", "criteria/001.json", "/effective/from", []),
    "no identity": (lambda whole: whole.pop("id"), "invalid_document", None, None, ["id"]),
    "a document type that does not exist": (lambda whole: whole.update(applies_to="greenlane.nothing/1"), "invalid_pack", None, "/applies_to", ["greenlane.nothing/1"]),
}


class HostilePacks(Case):
    def broken(self, change, name="pack"):
        whole = pack([criterion("true", level="low")])
        change(whole)
        return self.write_pack_folder(name, whole)

    def test_are_refused_with_file_and_place(self):
        self.write("in.json", declaration())
        for number, (name, (change, code, file, pointer, says)) in enumerate(MISTAKES.items()):
            with self.subTest(name):
                folder = self.broken(change, f"pack-{number}")
                run = greenlane("--format", "json", "screen", "--pack", folder, self.folder / "in.json")
                self.assertEqual(run.status, 3, run.out + run.err)
                error = self.assertError(run.documents()[0], code=code, pointer=pointer, says=says)
                self.assertEqual(error["source"], str(folder / file) if file else error["source"])
                self.assertTrue(error["source"].startswith(str(folder)), error)
                for command in ("build", "test", "show"):
                    if not (command == "test" and code == "failed_test"):
                        self.assertEqual(greenlane("pack", command, folder).status, 3, command)

    def test_fail_their_own_tests_visibly(self):
        folder = self.broken(MISTAKES["a planted wrong expectation"][0])
        run = greenlane("pack", "test", folder)
        self.assertNotEqual(run.status, 0)
        self.assertIn("T.TWO@1", run.out)
        self.assertIn("planted", run.out)
        self.assertIn("1 failed", run.out)
        json_run = greenlane("--format", "json", "pack", "test", folder)
        self.assertError(json_run.documents()[0], code="failed_test", says="planted")
        self.assertEqual(greenlane("pack", "lint", folder).status, 0)

    def test_are_linted_whole(self):
        whole = pack([criterion("true", level="low")])
        for number in range(60):
            whole["criteria"].append(criterion(f"nothing{number} == 1", id=f"T.N{number}"))
        run = greenlane("--format", "json", "pack", "lint", self.write_pack_folder("pack", whole))
        self.assertEqual(run.status, 3)
        self.assertEqual(sum(document["severity"] == "error" for document in run.documents()), 60)
        for document in run.documents():
            self.assertError(document)

    def test_stay_within_the_bounds_of_error_documents(self):
        whole = pack([criterion(" || ".join(f"nothing{number}" for number in range(500)))])
        run = greenlane("--format", "json", "pack", "lint", self.write("pack.json", whole))
        self.assertEqual(run.status, 3)
        self.assertError(run.documents()[0], code="invalid_expression", says="nothing0")

    def test_cannot_crash_or_hang_the_program(self):
        deep = "1"
        while len(deep) < 19_000:
            deep = "(" + deep + "+1" * 240 + ")"
        hostile = {
            "brackets": "(" * 9000 + "true" + ")" * 9000,
            "a deep tree of additions": deep + " > 1",
            "a deep tree of fields": "declaration.attributes" + ".a" * 9000 + " == 1",
            "many conjuncts": " && ".join(["declaration.lrn == 'x'"] * 800),
            "many operators": "!" * 19_000 + "true",
            "nested conditionals": "true ? " * 2000 + "true" + " : false" * 2000,
            "a long list": "declaration.lrn in [" + ",".join(["'x'"] * 4000) + "]",
            "nested lists": "[" * 200 + "1" + "]" * 200 + " == []",
            "lists of two types": "(false ? [1] : [dyn(decimal('1.5'))]).sum() > 0",
        }
        file = self.write("in.json", declaration(lrn="x", items=[], attributes={"a": {}}))
        for name, when in hostile.items():
            with self.subTest(name):
                path = self.write("pack.json", pack([criterion(when)]))
                for command in (["screen", "--fail-on", "never"], ["explain", "--criterion", "T.ONE"]):
                    run = greenlane("--format", "json", *command, "--pack", path, file, timeout=60)
                    self.assertIn(run.status, (0, 3), run.err[-400:])
                    self.assertNotIn("Sanitizer", run.err)

    def test_that_are_no_packs_are_refused(self):
        for name, content in {"a declaration": declaration(), "a list": [], "text": "hello", "nothing": "", "a number": "7", "deep": "[" * 100_000}.items():
            with self.subTest(name):
                run = greenlane("--format", "json", "pack", "show", self.write("pack.json", content))
                self.assertEqual(run.status, 3)
                self.assertEqual(self.assertError(run.documents()[0])["source"], str(self.folder / "pack.json"))

    def test_stop_a_run_over_budget_with_an_error_that_names_the_criterion(self):
        # Cheap by the estimate, dear for this declaration: 999 items, each with searches through a very long text.
        text = "declaration.attributes.text"
        path = self.write("pack.json", pack([criterion(" || ".join(f"{text}.contains('needle{n}')" for n in range(4)), each="items")]))
        stream = [declaration(lrn="dear", items=[{}] * 999, attributes={"text": "hay" * 300_000}), declaration(lrn="cheap", items=[])]
        run = greenlane("--format", "json", "screen", "--pack", path, self.write("in.ndjson", "\n".join(map(json.dumps, stream))))
        self.assertEqual(run.status, 3)
        self.assertError(run.documents()[0], code="limit_exceeded", says="T.ONE@1")
        self.assertEqual(run.documents()[1]["declaration"]["id"], "cheap")

    def test_stop_a_run_with_more_findings_than_a_document_may_hold(self):
        # 999 items and 150 rows that all match: more than the 100,000 findings of the schema.
        table = {"columns": [{"name": "n", "type": "decimal"}, {"name": "x", "type": "string"}], "rows": [[str(n), "x"] for n in range(150)]}
        path = self.write("pack.json", pack([criterion("row.x == 'x'", each="items", rows="every")], {"every": table}))
        stream = [declaration(lrn="flood", items=[{}] * 999), declaration(lrn="trickle", items=[{}])]
        run = greenlane("--format", "json", "screen", "--pack", path, self.write("in.ndjson", "\n".join(map(json.dumps, stream))))
        self.assertEqual(run.status, 3)
        self.assertError(run.documents()[0], code="limit_exceeded", says="T.ONE@1")
        self.assertEqual(len(run.documents()[1]["findings"]), 150)

    def test_are_explained_in_a_size_that_can_be_read(self):
        # Every one of 20,000 evaluations is undetermined.
        table = {"columns": [{"name": "n", "type": "decimal"}, {"name": "x", "type": "string"}], "rows": [[str(n), "x"] for n in range(20)]}
        path = self.write("pack.json", pack([criterion("row.x != item.model", each="items", rows="every")], {"every": table}))
        run = greenlane("--format", "json", "explain", "--criterion", "T.ONE", "--pack", path, self.write("in.json", declaration(items=[{}] * 999)))
        self.assertEqual(run.status, 0)
        self.assertLess(len(run.out), 1_000_000)
        explanation = run.documents()[0]
        self.assertValid("explanation", explanation)
        self.assertEqual(len(explanation["evaluations"]) + explanation["omitted"], 999 * 20)


if __name__ == "__main__":
    main()
