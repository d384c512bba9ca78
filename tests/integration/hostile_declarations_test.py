#!/usr/bin/python3
"""Declarations and tables that are wrong or meant to harm: an error with file, place and what was expected; the rest is screened."""
import json

from program import Case, criterion, declaration, greenlane, main, pack

FORMAT = '"format": "greenlane.declaration/1"'

# name: (text, code, pointer, what the message says)
HOSTILE = {
    "a wrong type": ('{%s, "items": [{"seq": "one"}]}' % FORMAT, "invalid_document", "/items/0/seq", "whole number"),
    "text for a list": ('{%s, "items": {}}' % FORMAT, "invalid_document", "/items", "array"),
    "money as a number": ('{%s, "totals": {"gross_kg": 12.5}}' % FORMAT, "invalid_document", "/totals/gross_kg", "string"),
    "a fraction for a count": ('{%s, "totals": {"items": 1.5}}' % FORMAT, "invalid_document", "/totals/items", "whole number"),
    "an unknown key": ('{%s, "items": [{"orgin": {}}]}' % FORMAT, "invalid_document", "/items/0/orgin", "origin"),
    "a duplicate key": ('{%s, "lrn": "a", "lrn": "b"}' % FORMAT, "invalid_json", "/lrn", ""),
    "a duplicate key in disguise": ('{%s, "lrn": "a", "l\\u0072n": "b"}' % FORMAT, "invalid_json", "/lrn", ""),
    "a lone surrogate": ('{%s, "lrn": "\\ud800"}' % FORMAT, "invalid_json", None, "surrogate"),
    "a low surrogate first": ('{%s, "lrn": "\\udc00\\ud800"}' % FORMAT, "invalid_json", None, "surrogate"),
    "ten thousand brackets": ('{%s, "attributes": %s1%s}' % (FORMAT, "[" * 10000, "]" * 10000), None, None, ""),
    "ten thousand brackets never closed": ("[" * 10000, None, None, ""),
    "an integer beyond 2^53": ('{%s, "totals": {"items": 9007199254740993}}' % FORMAT, "invalid_json", None, "53"),
    "an integer beyond 2^53 in own attributes": ('{%s, "attributes": {"n": -9007199254740993}}' % FORMAT, "invalid_json", None, "53"),
    "a number beyond every double": ('{%s, "attributes": {"n": 1e400}}' % FORMAT, "invalid_json", None, ""),
    "a number of very many digits": ('{%s, "attributes": {"n": %s}}' % (FORMAT, "1" * 5000), None, None, ""),
    "a string of two megabytes": ('{%s, "attributes": {"s": "%s"}}' % (FORMAT, "x" * 2_000_000), None, None, ""),
    "a wrong value of half a megabyte": ('{%s, "direction": "%s"}' % (FORMAT, "x" * 500_000), "invalid_document", "/direction", "import"),
    "a key of half a megabyte": ('{%s, "%s": 1}' % (FORMAT, "k" * 500_000), "invalid_document", None, ""),
    "too many items": ('{%s, "items": [%s]}' % (FORMAT, ",".join(["{}"] * 1000)), "invalid_document", "/items", "999"),
    "a date that does not exist": ('{%s, "declared_on": "2025-02-29"}' % FORMAT, "invalid_document", "/declared_on", ""),
    "a decimal with an exponent": ('{%s, "totals": {"gross_kg": "1e3"}}' % FORMAT, "invalid_document", "/totals/gross_kg", "decimal"),
    "a decimal of forty digits": ('{%s, "totals": {"gross_kg": "%s"}}' % (FORMAT, "9" * 40), "invalid_document", "/totals/gross_kg", ""),
    "no format": ("{}", "invalid_document", None, "format"),
    "another format": ('{"format": "greenlane.declaration/2"}', "invalid_document", "/format", "greenlane.declaration/1"),
    "no object": ("[]", "invalid_document", "", "object"),
    "nothing": ("", "invalid_json", None, ""),
    "a comment": ('{%s /* ? */}' % FORMAT, "invalid_json", None, ""),
    "a trailing comma": ('{%s,}' % FORMAT, "invalid_json", None, ""),
    "two documents": ('{%s} {%s}' % (FORMAT, FORMAT), "invalid_json", None, ""),
    "not a number": ('{%s, "attributes": {"n": NaN}}' % FORMAT, "invalid_json", None, ""),
    "a zero byte in text": ('{%s, "lrn": "a\\u0000b"}' % FORMAT, None, None, ""),
}
BYTES = {
    "a byte order mark": b"\xef\xbb\xbf{" + FORMAT.encode() + b"}",
    "bytes that are no UTF-8": b"{" + FORMAT.encode() + b', "lrn": "\xff"}',
    "an overlong encoding": b"{" + FORMAT.encode() + b', "lrn": "\xc0\xaf"}',
    "a surrogate in UTF-8": b"{" + FORMAT.encode() + b', "lrn": "\xed\xa0\x80"}',
    "UTF-16": json.dumps(declaration()).encode("utf-16"),
}


class HostileDeclarations(Case):
    def setUp(self):
        super().setUp()
        self.pack = self.write("pack.json", pack([criterion("true", level="low")]))

    def screen(self, *arguments):
        return greenlane("--format", "json", "screen", "--pack", self.pack, *arguments)

    def refused(self, name, content):
        path = self.write("in.json", content)
        run = self.screen(path)
        self.assertEqual(run.status, 3, (name, run.out[:300], run.err[:300]))
        self.assertEqual(len(run.documents()), 1, name)
        document = run.documents()[0]
        self.assertValid("assessment", document)
        self.assertEqual(document["source"], {"file": str(path), "index": 0}, name)
        error = self.assertError(document)
        self.assertEqual(error["source"], str(path), name)
        self.assertGreater(len(error["message"]), 10, name)
        return error

    def test_are_refused_with_place_and_expectation(self):
        for name, (text, code, pointer, says) in HOSTILE.items():
            with self.subTest(name):
                error = self.refused(name, text)
                self.assertError(error, code=code, pointer=pointer, says=says)
                self.assertTrue("line" in error or "pointer" in error or code == "invalid_document", error)

    def test_in_wrong_encodings_are_refused(self):
        for name, content in BYTES.items():
            with self.subTest(name):
                error = self.refused(name, content)
                self.assertIn(error["code"], ("invalid_encoding", "invalid_json"))

    def test_tell_line_and_column_of_broken_json(self):
        error = self.refused("json", '{\n  "format": "greenlane.declaration/1",\n  "lrn": "a" "b"\n}')
        self.assertEqual(error["line"], 3)
        self.assertIn(error["column"], range(14, 17))  # the text that should have been a comma

    def test_cost_one_line_of_a_stream_and_no_more(self):
        lines = []
        for number, (text, *_) in enumerate(HOSTILE.values()):
            lines += [json.dumps(declaration(lrn=f"L-{number}")), text]
        lines = [line for line in lines if line] + [json.dumps(declaration(lrn="last"))]
        run = self.screen(self.write("in.ndjson", "\n".join(lines) + "\n"))
        self.assertEqual(run.status, 3)
        documents = run.documents()
        self.assertEqual(len(documents), len(lines))
        good = [document["declaration"]["id"] for document in documents if "error" not in document]
        self.assertEqual(good, [f"L-{number}" for number in range(len(HOSTILE))] + ["last"])
        for number, document in enumerate(documents):
            self.assertValid("assessment", document)
            if "error" in document:
                self.assertEqual(document["error"]["line"], number + 1)

    def test_of_a_stream_with_a_line_that_never_ends_are_refused_with_bounded_output(self):
        run = self.screen(self.write("in.ndjson", json.dumps(declaration(lrn="A")) + "\n" + "x" * 20_000_000 + "\n" + json.dumps(declaration(lrn="B"))))
        self.assertEqual(run.status, 3)
        self.assertEqual([document.get("declaration", {}).get("id") for document in run.documents()], ["A", None, "B"])
        self.assertLess(len(run.out), 100_000)

    def test_are_explained_as_little_as_they_are_screened(self):
        for name in ("a wrong type", "a duplicate key", "ten thousand brackets", "a lone surrogate"):
            run = greenlane("--format", "json", "explain", "--pack", self.pack, "--criterion", "T.ONE", self.write("in.json", HOSTILE[name][0]))
            self.assertEqual(run.status, 3, name)
            error = self.assertError(run.documents()[0])
            self.assertEqual(error["source"], str(self.folder / "in.json"))

    def test_are_counted_in_the_text_report(self):
        self.write("in/a.json", declaration())
        self.write("in/b.json", "{")
        run = greenlane("screen", "--pack", self.pack, self.folder / "in")
        self.assertEqual(run.status, 3)
        self.assertRegex(run.out, r"screened +1\n")
        self.assertRegex(run.out, r"refused inputs +1\n")
        self.assertIn("b.json:1:", run.out)

    def test_may_hold_whole_numbers_spelled_with_a_point(self):
        # 5.0 is the integer 5 of JSON Schema: it is refused or it is 5, but no other number.
        counting = self.write("counting.json", pack([criterion("declaration.totals.items == 5")]))
        for spelling in ("5", "5.0", "5e0", "50e-1"):
            path = self.write("in.json", '{%s, "declared_on": "2025-07-01", "totals": {"items": %s}}' % (FORMAT, spelling))
            run = greenlane("--format", "json", "screen", "--pack", counting, path)
            self.assertIn(run.status, (1, 3), spelling)


MAPPING = {
    "format": "greenlane.mapping/1", "id": "m", "title": {"en": "m", "zh": "m"}, "to": "greenlane.declaration/1",
    "csv": {"encoding": "utf-8", "delimiter": ",", "decimal_sign": ".", "thousands_sign": "", "date_format": "YYYY-MM-DD"},
    "constants": [{"to": "direction", "value": "import"}],
    "fields": [{"from": "No", "to": "lrn"}, {"from": "Date", "to": "declared_on"}, {"from": "HS", "to": "items[].hs"},
               {"from": "Net", "to": "items[].measure.net_kg"}, {"from": "Origin", "to": "items[].origin.country_code", "values": {"Japan": "JP", "Korea": "KR"}}],
}
HEADER = "No,Date,HS,Net,Origin"


class HostileTables(Case):
    def setUp(self):
        super().setUp()
        self.pack = self.write("pack.json", pack([criterion("true", level="low")]))
        self.mapping = self.write("map.json", MAPPING)

    def screen(self, text):
        path = self.write("in.csv", text)
        return greenlane("--format", "json", "screen", "--pack", self.pack, "--mapping", self.mapping, path)

    def test_refuse_bad_rows_and_screen_the_others(self):
        rows = {
            "too few columns": ("2,2025-07-01,0307", ("3", "5")),
            "too many columns": ("3,2025-07-01,0307,1,Japan,x", ("6", "5")),
            "a bad date": ("4,2025-02-29,0307,1,Japan", ("Date", "2025-02-29")),
            "a date in another order": ("5,01.07.2025,0307,1,Japan", ("Date", "YYYY-MM-DD")),
            "a bad decimal": ("6,2025-07-01,0307,1.2.3,Japan", ("Net", "1.2.3")),
            "a decimal with a thousands sign": ("7,2025-07-01,0307,\"1,234.5\",Japan", ("Net",)),
            "a code that is none": ("8,2025-07-01,shells,1,Japan", ("HS", "shells")),
            "a value that the mapping does not know": ("9,2025-07-01,0307,1,Mars", ("Origin", "Mars", "Japan")),
        }
        lines = [HEADER]
        for row, _ in rows.values():
            lines += ["good,2025-07-01,0307,1,Japan", row]
        run = self.screen("\n".join(lines + ["last,2025-07-01,0307,1,Korea"]) + "\n")
        self.assertEqual(run.status, 3)
        documents = run.documents()
        self.assertEqual(len(documents), 2 * len(rows) + 1)
        for number, (name, (_, says)) in enumerate(rows.items()):
            with self.subTest(name):
                error = self.assertError(documents[2 * number + 1], says=says)
                self.assertEqual(error["line"], 2 * number + 3)
                self.assertIn(error["code"], ("invalid_row", "invalid_document"))
                self.assertEqual(documents[2 * number]["declaration"]["id"], "good")
        self.assertEqual(documents[-1]["declaration"]["id"], "last")

    def test_refuse_a_quote_that_is_never_closed_without_losing_what_stands_before(self):
        run = self.screen(HEADER + "\na,2025-07-01,0307,1,Japan\n\"b,2025-07-01,0307,1,Japan\nc,2025-07-01,0307,1,Japan\n")
        self.assertEqual(run.status, 3)
        documents = run.documents()
        self.assertEqual(documents[0]["declaration"]["id"], "a")
        self.assertEqual(self.assertError(documents[1])["line"], 3)

    def test_refuse_headers_that_do_not_fit_the_mapping(self):
        for header, says in (("No,Date,HS,Net", "Origin"), (HEADER + ",Price", "Price"), ("", "")):
            with self.subTest(header):
                run = self.screen(header + "\n")
                self.assertEqual(run.status, 3, run.out)
                self.assertError(run.documents()[0], says=says)

    def test_refuse_bytes_that_are_not_in_the_encoding(self):
        run = self.screen(HEADER.encode() + b"\na,2025-07-01,0307,1,Japan\n\xff,2025-07-01,0307,1,Japan\nc,2025-07-01,0307,1,Korea\n")
        self.assertEqual(run.status, 3)
        documents = run.documents()
        self.assertEqual(documents[0]["declaration"]["id"], "a")
        self.assertEqual(self.assertError(documents[1])["line"], 3)

    def test_read_gb18030(self):
        self.write("map.json", {**MAPPING, "csv": {**MAPPING["csv"], "encoding": "gb18030"}, "fields": MAPPING["fields"] + [{"from": "品名", "to": "items[].description"}]})
        run = self.screen(f"{HEADER},品名\na,2025-07-01,0307,1,Japan,冷冻扇贝\n".encode("gb18030"))
        self.assertEqual(run.status, 0, run.out + run.err)


if __name__ == "__main__":
    main()
