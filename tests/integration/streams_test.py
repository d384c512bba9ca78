#!/usr/bin/python3
"""Many declarations: threads, shuffled keys, bad lines, standard input, folders, isolation from the network."""
import json
import pathlib
import random
import subprocess
import tempfile

from program import Case, criterion, declaration, greenlane, main, pack

COUNT = 2000
BAD = {40: "{", 333: '{"format": "greenlane.declaration/1", "itmes": []}', 777: "[]", 1500: '{"format": "greenlane.declaration/1", "lrn": "\\ud800"}'}


def shuffled(value, chance):
    """The same value with its keys in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    if isinstance(value, list):
        return [shuffled(element, chance) for element in value]
    return value


def declarations():
    chance = random.Random(20250629)
    for number in range(COUNT):
        items = [{
            "seq": seq + 1, "hs": chance.choice(["0307220000", "8429520000", "9403609990"]),
            "origin": {"country_code": chance.choice(["JP", "US", "KR"])},
            "measure": {"net_kg": f"{chance.randint(0, 5000) / 100:.2f}"},
            "description": chance.choice(["扇贝", "used excavator", "wooden table", "plain \"quoted\" text"]),
        } for seq in range(chance.randint(0, 4))]
        made = declaration(lrn=f"L-{number}", items=items, attributes={"b": number, "a": [1.5, None, True]})
        if chance.random() < 0.2:
            del made["items"]
        yield made


def criteria():
    return pack([
        criterion("item.origin.country_code in lists.watched && item.hs.under(lists.fish)", id="T.FISH", each="items", level="high",
                  finding={"code": "FISH", "message": {"en": "{item.description} {item.hs}", "zh": "{item.description}"}, "at": ["item.hs", "item.origin.region_id"]}),
        criterion("item.hs.under(row.hs) && item.measure.net_kg < row.least", id="T.BAND", each="items", rows="band", level="medium", domain="tax",
                  finding={"code": "BAND", "message": {"en": "less than {row.least} kg", "zh": "少于 {row.least} 千克"}, "at": ["item.measure.net_kg"]}),
        criterion("item.origin.region_id == 'JP-12'", id="T.REGION", each="items", level="low"),
        criterion("item.description.mentions(lists.words)", id="T.WORDS", each="items", level="low"),
    ], {
        "watched": {"type": "country", "values": ["JP", "KP"]}, "fish": {"type": "hs", "values": ["03"]},
        "words": {"type": "string", "values": ["used", "wooden", "扇贝"]},
        "band": {"columns": [{"name": "hs", "type": "hs"}, {"name": "least", "type": "decimal"}], "rows": [["0307", "25.00"], ["84", "10"]]},
    })


class Streams(Case):
    @classmethod
    def setUpClass(cls):
        """The stream and what one thread makes of it, which most tests compare with."""
        cls.common = tempfile.TemporaryDirectory(prefix="greenlane-test-")
        cls.addClassCleanup(cls.common.cleanup)
        folder = pathlib.Path(cls.common.name)
        cls.pack = folder / "pack.json"
        cls.pack.write_text(json.dumps(criteria()), "utf-8")
        cls.lines = [json.dumps(one, ensure_ascii=False) for one in declarations()]
        for number, text in BAD.items():
            cls.lines[number] = text
        cls.input = folder / "in.ndjson"
        cls.input.write_text("\n".join(cls.lines) + "\n", "utf-8")
        cls.plain = cls.screen("--jobs", "1", cls.input)
        cls.documents = cls.plain.documents()

    @classmethod
    def screen(cls, *arguments, **more):
        return greenlane("--format", "json", "screen", "--fail-on", "never", "--pack", cls.pack, *arguments, **more)

    def test_come_out_the_same_for_any_number_of_threads(self):
        for jobs in ("2", "8"):
            many = self.screen("--jobs", jobs, self.input)
            self.assertEqual(many.out, self.plain.out, f"--jobs {jobs}")
            self.assertEqual(many.status, self.plain.status)

    def test_come_out_the_same_with_shuffled_keys_and_other_spellings(self):
        chance = random.Random(7)
        other = [json.dumps(shuffled(json.loads(line), chance), ensure_ascii=True, indent=None, separators=(" , ", " : ")) if number not in BAD else line
                 for number, line in enumerate(self.lines)]
        self.assertNotEqual(other, self.lines)
        path = self.write("other/in.ndjson", "\n".join(other) + "\n")
        second = self.screen("--jobs", "8", path).out
        self.assertEqual(second.replace(str(path), str(self.input)), self.plain.out)

    def test_lose_nothing_but_the_lines_that_cannot_be_read(self):
        self.assertEqual(self.plain.status, 3)
        self.assertEqual(len(self.documents), COUNT)
        self.assertEqual([number for number, document in enumerate(self.documents) if "error" in document], sorted(BAD))
        for number, document in enumerate(self.documents):
            self.assertEqual(document["source"], {"file": str(self.input), "index": number})
            if number in BAD:
                self.assertEqual(document["error"]["line"], number + 1)
            else:
                self.assertEqual(document["declaration"]["id"], f"L-{number}")
        self.assertIn(f"{COUNT - len(BAD):,} screened, {len(BAD)} refused", self.plain.err)

    def test_are_valid_documents_line_by_line(self):
        for number, document in enumerate(self.documents):
            if number % 20 == 0 or number in BAD:
                self.assertValid("assessment", document)

    def test_find_something_and_leave_something_undetermined(self):
        documents = [document for document in self.documents if "error" not in document]
        self.assertEqual({document["level"] for document in documents}, {"none", "low", "medium", "high"})
        self.assertTrue(any(one["missing"] == ["/items"] for document in documents for one in document["undetermined"]))
        self.assertTrue(any("/items/1/origin/region_id" in one["missing"] for document in documents for one in document["undetermined"]))

    def test_are_read_from_the_standard_input(self):
        text = self.input.read_bytes()
        piped = self.screen("--input", "ndjson", "-", stdin=text)
        self.assertEqual(piped.status, 3)
        self.assertEqual(piped.out.replace('"file":"-"', f'"file":"{self.input}"').replace('"source":"-"', f'"source":"{self.input}"'), self.plain.out)
        single = self.screen("-", stdin=self.lines[0].encode())
        self.assertEqual((single.status, len(single.documents())), (0, 1))

    def test_take_a_folder_in_byte_order_of_its_names(self):
        for name in ("b.json", "B.json", "10.json", "9.json", "ä.json", "deeper/x.json", "a.txt"):
            self.write(f"in/{name}", declaration(lrn=name))
        run = self.screen(self.folder / "in")
        self.assertEqual([document["declaration"]["id"] for document in run.documents()], ["10.json", "9.json", "B.json", "b.json", "ä.json"])

    def test_need_no_network(self):
        probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True)
        if probe.returncode != 0:
            self.skipTest("unshare -rn is not permitted here")
        isolated = self.screen("--jobs", "2", self.input, before=("unshare", "-rn"))
        self.assertEqual(isolated.out, self.plain.out)

    def test_do_not_depend_on_the_surroundings(self):
        other = self.screen(self.input, environment={"LC_ALL": "zh_CN.UTF-8", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "GREENLANE_HOME": "/nonexistent"}).out
        self.assertEqual(other, self.plain.out)


if __name__ == "__main__":
    main()
