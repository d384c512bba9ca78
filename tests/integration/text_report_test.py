#!/usr/bin/python3
"""The reports for people: English and Chinese, worst first, within 80 columns."""
import re
import unicodedata

from program import Case, criterion, declaration, greenlane, main, pack

LONG = "This sentence goes on for a while so that it must be broken into several lines before it reaches the edge of the page."
WHOLE = pack([
    criterion("item.origin.country_code == 'JP'", id="T.FISH.LONG-NAME", each="items", level="high", domain="food_safety",
              title={"en": LONG, "zh": "标题" * 40}, legal_basis=[{"ref": "Order No. 271, Article 2, and the announcement of the authority that goes with it", "verified": False}],
              finding={"code": "IMPORT_PROHIBITED", "message": {"en": LONG + " Declared: {item.description}.", "zh": "这批货物来自受限制的地区，" * 8 + "申报：{item.description}。"},
                       "at": ["item.origin.country_code", "item.origin.region_id"]},
              remedies=[{"kind": "document", "code": "HEALTH_CERT", "text": {"en": "Add the health certificate. " + LONG, "zh": "补充卫生证书。" * 12}}]),
    criterion("true", id="T.LOW", level="low", finding={"code": "LOW", "message": {"en": "A low one", "zh": "低风险"}, "at": ["declaration"]}),
    criterion("item.origin.region_id == 'JP-12'", id="T.REGION", each="items", level="medium"),
], notice={"en": "A sample. " + LONG, "zh": "示例。" * 30}, grading={level: {"en": f"Means {level}.", "zh": f"含义 {level}。"} for level in ("low", "medium", "high")})
FISH = declaration(lrn="L-1", items=[{"hs": "0307220000", "description": "冷冻扇贝", "origin": {"country_code": "JP"}}])


def width(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


class TextReport(Case):
    def setUp(self):
        super().setUp()
        self.pack = self.write("pack.json", WHOLE)
        self.fish = self.write("fish.json", FISH)

    def text(self, *arguments, language="en"):
        run = greenlane("--lang", language, *arguments)
        self.assertIn(run.status, (0, 1, 3), run.err)
        return run.out

    def assertNarrow(self, text):
        wide = [line for line in text.split("\n") if width(line) > 80 and " /tmp/" not in line and "/greenlane-test-" not in line]
        self.assertEqual(wide, [])

    def test_tells_an_officer_what_where_why_and_what_to_do(self):
        text = self.text("screen", "--pack", self.pack, self.fish)
        for part in ("RED", "L-1", "as of 2025-07-01", "test-pack", "not signed", "HIGH", "T.FISH.LONG-NAME@1", "food_safety", "IMPORT_PROHIBITED", "冷冻扇贝",
                     "/items/0/origin/country_code", '"JP"', "42A/67A/68A[1]/92A#063", "not verified", "Add the health certificate", "/items/0/origin/region_id", "T.REGION@1",
                     "screened", "A sample."):
            self.assertIn(part, text)
        self.assertNotIn("compliant", text.lower())

    def test_tells_the_worst_first(self):
        self.write("in/a.json", declaration(lrn="harmless", items=[]))
        self.write("in/b.json", {**FISH, "lrn": "worst"})
        text = self.text("screen", "--pack", self.pack, self.folder / "in")
        self.assertLess(text.index("worst"), text.index("harmless"))
        block = text[text.index("worst"):]
        self.assertLess(block.index("T.FISH.LONG-NAME@1"), block.index("T.LOW@1"))

    def test_never_says_that_a_declaration_is_right(self):
        quiet = self.write("quiet.json", pack([criterion("false")]))
        text = self.text("screen", "--pack", quiet, self.fish)
        self.assertIn("no published criterion matched", text)
        self.assertIn("没有已发布的判据命中", self.text("screen", "--pack", quiet, self.fish, language="zh"))

    def test_is_chinese_where_that_is_asked_for(self):
        text = self.text("screen", "--pack", self.pack, self.fish, language="zh")
        for part in ("红色", "高风险", "食品安全", "基准日 2025-07-01", "未核实", "补充卫生证书", "冷冻扇贝", "无法判定", "测试包", "未经任何机关签名"):
            self.assertIn(part, text)
        english = set(re.findall(r"\b(?:where|basis|screened|undetermined|summary|not declared)\b", text, re.IGNORECASE))
        self.assertEqual(english, set())
        self.assertIn("命中", self.text("explain", "--pack", self.pack, "--criterion", "T.LOW", self.fish, language="zh"))

    def test_follows_the_language_of_the_environment(self):
        run = greenlane("screen", "--pack", self.pack, self.fish, environment={"LC_ALL": "", "LANG": "zh_CN.UTF-8"})
        self.assertIn("红色", run.out)
        run = greenlane("--lang", "en", "screen", "--pack", self.pack, self.fish, environment={"LANG": "zh_CN.UTF-8"})
        self.assertIn("RED", run.out)

    def test_fits_eighty_columns(self):
        for language in ("en", "zh"):
            for command in (["screen", "--pack", self.pack, self.fish], ["explain", "--pack", self.pack, "--criterion", "T.FISH.LONG-NAME", self.fish],
                            ["explain", "--pack", self.pack, "--criterion", "T.REGION", self.fish], ["pack", "show", self.pack], ["pack", "test", self.pack]):
                with self.subTest(language, command=command[:2]):
                    self.assertNarrow(self.text(*command, language=language))

    def test_has_no_colours_in_a_pipe(self):
        self.assertNotIn("\x1b", self.text("screen", "--pack", self.pack, self.fish))
        self.assertNotIn("\x1b", greenlane("screen", "--pack", self.pack, self.fish).err)

    def test_shows_each_part_of_a_condition_with_its_value(self):
        text = self.text("explain", "--pack", self.pack, "--criterion", "T.FISH.LONG-NAME", self.fish)
        self.assertIn("HIT", text)
        self.assertIn("item.origin.country_code", text)
        self.assertIn('"JP"', text)
        text = self.text("explain", "--pack", self.pack, "--criterion", "T.REGION", self.fish)
        self.assertIn("UNDETERMINED", text)
        self.assertIn("/items/0/origin/region_id", text)

    def test_counts_by_lane_what_was_screened(self):
        self.write("in/a.json", declaration(lrn="a", items=[]))
        self.write("in/b.json", FISH)
        self.write("in/c.json", "{")
        text = self.text("screen", "--pack", self.pack, self.folder / "in")
        numbers = {name.strip(): int(number) for name, number in re.findall(r"^  ([a-z() ]+?) {2,}(\d+)$", text, re.MULTILINE)}
        self.assertEqual(numbers, {"screened": 2, "red (high)": 1, "yellow (medium)": 0, "green (low)": 1, "green (no match)": 0, "with undetermined": 1, "refused inputs": 1})


if __name__ == "__main__":
    main()
