#!/usr/bin/python3
"""The commands for authors of criteria: build, lint, test, show, diff."""
import hashlib
import json

from program import Case, criterion, declaration, deep_copy, greenlane, main, pack

TESTS = [{"name": "hits", "declaration": {"items": [{"hs": "0307"}]}, "expect": "hit"},
         {"name": "clear", "declaration": {"items": []}, "expect": "clear"},
         {"name": "open", "declaration": {}, "expect": "undetermined", "missing": ["/items"]}]
WHOLE = pack([criterion("item.hs.under(lists.fish)", each="items", tests=TESTS, title={"en": "Fish", "zh": "鱼"}),
              criterion("declaration.lrn == 'x'", id="T.TWO", level="low", domain="tax")],
             {"fish": {"type": "hs", "values": ["03"]}}, notice={"en": "A notice", "zh": "说明"})


class PackCommands(Case):
    def setUp(self):
        super().setUp()
        self.pack = self.write_pack_folder("pack", WHOLE)
        self.inputs = self.write("in.ndjson", "\n".join(json.dumps(declaration(lrn=lrn, items=[{"hs": hs}])) for lrn, hs in (("x", "0307"), ("y", "8429"))))

    def build(self, folder, name="built.json"):
        path = self.folder / name
        run = greenlane("pack", "build", folder, "-o", path)
        self.assertEqual((run.status, run.out), (0, ""), run.err)
        return path

    def test_build_one_valid_file_from_a_folder(self):
        built = self.build(self.pack)
        whole = json.loads(built.read_text("utf-8"))
        self.assertValid("criteria", whole)
        self.assertEqual(whole, WHOLE)
        self.assertEqual(built.read_bytes(), greenlane("pack", "build", self.pack).out.encode())

    def test_screen_the_same_with_the_folder_and_the_built_file(self):
        built = self.build(self.pack)
        by_folder = greenlane("--format", "json", "screen", "--pack", self.pack, self.inputs)
        by_file = greenlane("--format", "json", "screen", "--pack", built, self.inputs)
        self.assertEqual(by_file.out, by_folder.out)
        self.assertEqual(by_folder.documents()[0]["pack"]["digest"], "sha256:" + hashlib.sha256(built.read_bytes()).hexdigest())

    def test_build_the_same_bytes_from_any_spelling_of_the_sources(self):
        other = self.write_pack_folder("other", WHOLE)
        (other / "lists" / "fish.json").unlink()
        (other / "lists" / "fish.csv").write_bytes(b"code:hs\r\n03\r\n")
        path = other / "criteria" / "000.json"
        path.write_text(json.dumps([json.loads(path.read_text("utf-8"))], indent=3), "utf-8")
        self.assertEqual(self.build(other, "other.json").read_bytes(), self.build(self.pack).read_bytes())

    def test_lint_warns_of_outcomes_without_a_test(self):
        run = greenlane("pack", "lint", self.pack)
        self.assertEqual(run.status, 0)
        self.assertIn("T.TWO@1: no test expects 'hit'", run.out)
        self.assertNotIn("T.ONE", run.out)
        self.assertIn("0 errors, 3 warnings", run.out)

    def test_lint_tells_warnings_from_errors_in_json_too(self):
        run = greenlane("--format", "json", "pack", "lint", self.pack)
        self.assertEqual((run.status, [document["severity"] for document in run.documents()]), (0, ["warning"] * 3))
        broken = deep_copy(WHOLE)
        broken["criteria"][1]["when"] = "nothing"
        run = greenlane("--format", "json", "pack", "lint", self.write_pack_folder("broken", broken))
        self.assertEqual(run.status, 3)
        errors = [document for document in run.documents() if document["severity"] == "error"]
        self.assertEqual(len(errors), 1)
        for document in run.documents():
            self.assertError(document)

    def test_test_counts_what_passed(self):
        run = greenlane("pack", "test", self.pack)
        self.assertEqual((run.status, run.out), (0, "3 passed, 0 failed\n"))
        self.assertEqual(greenlane("--format", "json", "pack", "test", self.pack).out, "")

    def test_show_tells_what_is_in_a_pack(self):
        run = greenlane("pack", "show", self.pack)
        self.assertEqual(run.status, 0)
        for text in ("Test pack", "test-pack revision 3", "sha256:", "A notice", "goods", "tax", "T.ONE@1", "T.TWO@1", "2 criteria"):
            self.assertIn(text, run.out)
        self.assertIn("鱼", greenlane("--lang", "zh", "pack", "show", self.pack).out)
        self.assertEqual(json.loads(greenlane("--format", "json", "pack", "show", self.pack).out), WHOLE)

    def test_diff_tells_what_changed_criterion_by_criterion(self):
        after = deep_copy(WHOLE)
        after["revision"] = 4
        after["criteria"][0]["level"] = "medium"
        after["criteria"][1]["id"] = "T.THREE"
        after["lists"]["fish"]["values"].append("1604")
        old, new = self.build(self.pack), self.write_pack_folder("after", after)
        self.assertEqual(greenlane("pack", "diff", self.pack, old).status, 0)
        self.assertIn("no difference", greenlane("pack", "diff", self.pack, old).out)
        run = greenlane("pack", "diff", old, new)
        self.assertEqual(run.status, 1)
        self.assertEqual(set(run.out.splitlines()), {"changed  T.ONE@1  level", "removed  T.TWO@1", "added  T.THREE@1", "changed  list fish  values", "changed  pack  revision"})
        changes = {(one["change"], one["criterion"]): one["members"] for one in greenlane("--format", "json", "pack", "diff", old, new).documents()}
        self.assertEqual(changes[("changed", "T.ONE@1")], ["level"])
        self.assertEqual(greenlane("pack", "diff", old, self.folder / "nothing").status, 3)

    def test_diff_writes_json_whatever_names_are_in_a_pack(self):
        odd = deep_copy(WHOLE)
        odd["lists"]['a"b\\'] = {"type": "hs", "values": []}
        odd["criteria"][0]["x_\"quoted\""] = 1
        run = greenlane("--format", "json", "pack", "diff", self.pack, self.write("odd.json", odd))
        run.documents()

    def test_include_other_folders(self):
        self.write("shared/lists/fish.json", WHOLE["lists"]["fish"])
        head = {key: value for key, value in WHOLE.items() if key not in ("criteria", "lists")}
        self.write("mine/pack.json", {**head, "include": ["../shared"]})
        self.write("mine/criteria/a.json", WHOLE["criteria"])
        self.assertEqual(self.build(self.folder / "mine").read_bytes(), self.build(self.pack, "plain.json").read_bytes())

    def test_several_packs_screen_one_declaration_each(self):
        second = self.write("second.json", pack([criterion("true", level="low")], id="second-pack"))
        run = greenlane("--format", "json", "screen", "--pack", self.pack, "--pack", second, self.write("one.json", declaration(items=[])))
        self.assertEqual([document["pack"]["id"] for document in run.documents()], ["test-pack", "second-pack"])


if __name__ == "__main__":
    main()
