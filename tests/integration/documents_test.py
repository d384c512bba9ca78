#!/usr/bin/python3
"""What the program prints for machines follows the schemas, and is all that it prints."""
import json

from program import ROOT, Case, criterion, declaration, greenlane, main, pack

EVERYTHING = pack([
    criterion("item.origin.country_code == 'JP' && item.hs.under('03')", id="T.HIT", each="items", level="high", domain="food_safety",
              legal_basis=[{"ref": "Order 1", "uri": "https://example.org/1", "verified": False}],
              finding={"code": "FISH", "message": {"en": "{item.description}", "zh": "{item.description}"}, "at": ["item.origin.region_id", "item.hs", "item", "declaration.lrn"]},
              remedies=[{"kind": "document", "code": "HEALTH_CERT", "text": {"en": "Add it", "zh": "补充"}},
                        {"kind": "correct", "field": "item.hs", "text": {"en": "Correct it", "zh": "更正"}}]),
    criterion("item.hs.under(row.hs) && item.measure.net_kg < row.least", id="T.ROW", each="items", rows="band", level="medium"),
    criterion("item.origin.region_id == 'JP-12'", id="T.OPEN", each="items", level="low"),
    criterion("10 / declaration.totals.items > 1", id="T.BROKEN", level="low"),
    criterion("int(item.description) > 3", id="T.QUOTES", each="items", level="low"),
    criterion("declaration.documents.exists(d, d.type == 'X' || d.id.matches('^[0-9]+$'))", id="T.QUANTIFIER", level="low"),
    criterion("true", id="T.OLD", level="low", effective={"from": "2019-01-01", "to": "2019-12-31"}),
], {"band": {"columns": [{"name": "hs", "type": "hs"}, {"name": "least", "type": "decimal"}, {"name": "note", "type": "string"}], "rows": [["0307", "25.00", None]]}})

INPUTS = {
    "ordinary": declaration(lrn="L-1", totals={"items": 2}, documents=[{"type": "X"}, {}],
                            items=[{"hs": "0307220000", "description": "扇贝 \"large\"", "origin": {"country_code": "JP"}, "measure": {"net_kg": "2.5"}}]),
    "empty": declaration(),
    "known to be none": declaration(items=None, documents=None, totals=None, lrn=None),
    "nothing written": declaration(totals={"items": 0}, items=[{"hs": "0307", "description": "", "origin": {"country_code": "JP", "region_id": None}, "measure": {"net_kg": "0"}}]),
    "control characters": declaration(items=[{"description": "a\tb\nc\u2028\u0001\\", "hs": "0307", "origin": {"country_code": "JP"}}]),
    "very many items": declaration(items=[{"seq": number + 1} for number in range(999)]),
    "long texts": declaration(items=[{"hs": "0307", "description": "长" * 512, "origin": {"country_code": "JP"}}]),
}


class Documents(Case):
    def setUp(self):
        super().setUp()
        self.pack = self.write("pack.json", EVERYTHING)
        self.paths = {name: self.write(f"{number}.json", one) for number, (name, one) in enumerate(INPUTS.items())}

    def test_assessments_follow_their_schema(self):
        for name, path in self.paths.items():
            with self.subTest(name):
                run = greenlane("--format", "json", "screen", "--fail-on", "never", "--pack", self.pack, path)
                self.assertEqual((run.status, run.err), (0, ""))
                self.assertEqual(run.out.count("\n"), 1)
                self.assertValid("assessment", run.documents()[0])

    def test_explanations_follow_their_schema(self):
        for name, path in self.paths.items():
            for one in EVERYTHING["criteria"]:
                with self.subTest(name, criterion=one["id"]):
                    run = greenlane("--format", "json", "explain", "--criterion", one["id"], "--pack", self.pack, path)
                    self.assertEqual((run.status, run.err), (0, ""))
                    self.assertValid("explanation", run.documents()[0])

    def test_explanations_agree_with_assessments(self):
        assessment = greenlane("--format", "json", "screen", "--fail-on", "never", "--pack", self.pack, self.paths["ordinary"]).documents()[0]
        hits = {finding["criterion"] for finding in assessment["findings"]}
        undetermined = {one["criterion"] for one in assessment["undetermined"]}
        for one in EVERYTHING["criteria"]:
            explanation = greenlane("--format", "json", "explain", "--criterion", one["id"], "--pack", self.pack, self.paths["ordinary"]).documents()[0]
            wanted = "hit" if one["id"] in hits else "undetermined" if one["id"] in undetermined else "not_in_force" if one["id"] == "T.OLD" else "clear"
            self.assertEqual(explanation["outcome"], wanted, one["id"])
            self.assertEqual(explanation["declaration"], assessment["declaration"])
            self.assertEqual(explanation["pack"], assessment["pack"])

    def test_explanations_are_the_same_each_time(self):
        runs = {greenlane("--format", "json", "explain", "--criterion", "T.ROW", "--pack", self.pack, self.paths["ordinary"]).out for _ in range(3)}
        self.assertEqual(len(runs), 1)

    def test_long_values_in_errors_stay_within_the_schema(self):
        path = self.write("long.json", declaration(attributes={"text": "x" * 900_000}))
        shouting = self.write("shouting.json", pack([criterion("int(declaration.attributes.text) > 1")]))
        for command in (["screen"], ["explain", "--criterion", "T.ONE"]):
            run = greenlane("--format", "json", *command, "--pack", shouting, path)
            self.assertEqual(run.status, 0)
            self.assertValid("assessment" if command == ["screen"] else "explanation", run.documents()[0])

    def test_messages_of_long_values_stay_within_the_schema(self):
        path = self.write("long.json", declaration(attributes={"text": "x" * 900_000}))
        shouting = self.write("shouting.json", pack([criterion("true", finding={"code": "X", "message": {"en": "{declaration.attributes.text}", "zh": "x"}, "at": ["declaration"]})]))
        run = greenlane("--format", "json", "screen", "--fail-on", "never", "--pack", shouting, path)
        self.assertValid("assessment", run.documents()[0])

    def test_the_samples_give_valid_documents(self):
        samples = ROOT / "samples" / "declarations"
        sample_pack = ROOT / "samples" / "criteria" / "cn-sample"
        if not (sample_pack / "pack.json").exists() or greenlane("pack", "lint", sample_pack).status != 0:
            self.skipTest("the sample pack is not complete")
        run = greenlane("--format", "json", "screen", "--fail-on", "never", "--pack", sample_pack, samples)
        self.assertEqual(run.status, 0, run.err)
        documents = run.documents()
        self.assertGreaterEqual(len(documents), 30)
        for document in documents:
            self.assertValid("assessment", document)


if __name__ == "__main__":
    main()
