#!/usr/bin/python3
"""Aquatic products of Japanese origin over the history of the rule, against the sample pack.

Before 2023-08-24 nothing is suspended; from then to 2025-06-28 everything is; from 2025-06-29 ten prefectures stay
suspended and the others need three certificates. Every date of the history's edges is combined with Hokkaido, Chiba and
a region that was not declared, and with all certificates, each of them missing, none, and documents not declared.
"""
import json

from program import ROOT, Case, declaration, greenlane, main

SAMPLE = ROOT / "samples" / "criteria" / "cn-sample"
BAN, DOCUMENTS = "CN.FS.JP-AQUATIC", "CN.FS.JP-AQUATIC-DOC"
CERTIFICATES = ("HEALTH_CERT", "RADIONUCLIDE_CERT", "ORIGIN_CERT")
DATES = ("2023-08-23", "2023-08-24", "2025-06-28", "2025-06-29")
REGIONS = {"JP-01": "Hokkaido", "JP-12": "Chiba", None: "(not declared)"}
PAPERS = {"all": CERTIFICATES, **{f"no {one}": tuple(other for other in CERTIFICATES if other != one) for one in CERTIFICATES}, "none": (), "not declared": None}


def combinations():
    for date in DATES:
        for region in REGIONS:
            for papers in PAPERS:
                yield date, region, papers


def shipment(date, region, papers):
    origin = {"country_code": "JP"} if region is None else {"country_code": "JP", "region_id": region}
    made = declaration(
        declared_on=date, direction="import", lrn=f"{date}/{region}",
        items=[{"seq": 1, "hs": "0307220000", "description": "Frozen scallops", "origin": origin, "produced_on": "2025-06-20",
                "manufacturer": {"registered_on": "2025-05-20"}}])
    if PAPERS[papers] is not None:
        made["documents"] = [{"type": one} for one in ("INVOICE", *PAPERS[papers])]
    return made


def expected(date, region, papers):
    """What the history of the rule says: a verdict, the version that hit, missing certificates, fields that would decide."""
    if date < "2023-08-24":
        return "clear", None, (), ()
    if date < "2025-06-29":
        return "hit", 1, (), ()
    if region == "JP-12":
        return "hit", 2, (), ()
    if region is None:
        # Whether the certificates matter depends on the region; with all of them there, only the ban is open.
        return "undetermined", None, (), ("/items/0/origin/region_id",)
    if papers == "not declared":
        return "undetermined", None, (), ("/documents",)
    missing = tuple(one for one in CERTIFICATES if one not in PAPERS[papers])
    return ("hit" if missing else "clear"), None, missing, ()


def aquatic(assessment):
    """The same of an assessment, as far as the two criteria are concerned."""
    findings = [one for one in assessment["findings"] if one["criterion"] in (BAN, DOCUMENTS)]
    open_ones = [one for one in assessment["undetermined"] if one["criterion"] in (BAN, DOCUMENTS)]
    versions = {one["version"] for one in findings if one["criterion"] == BAN}
    missing = tuple(one["row"]["values"]["type"] for one in findings if one["criterion"] == DOCUMENTS)
    fields = tuple(sorted({pointer for one in open_ones for pointer in one["missing"]}))
    verdict = "hit" if findings else "undetermined" if open_ones else "clear"
    return verdict, versions.pop() if versions else None, missing, fields


class AquaticFixture(Case):
    @classmethod
    def setUpClass(cls):
        cls.table = []
        lines = "\n".join(json.dumps(shipment(*one)) for one in combinations())
        run = greenlane("--format", "json", "screen", "--fail-on", "never", "--pack", SAMPLE, "--input", "ndjson", "-", stdin=lines.encode())
        if run.status != 0:
            raise AssertionError(run.out[-1000:] + run.err)
        cls.assessments = dict(zip(combinations(), run.documents(), strict=True))

    @classmethod
    def tearDownClass(cls):
        for row in cls.table:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, (10, 14, 20, 12, 40))).rstrip())

    def test_every_combination_gives_what_the_history_says(self):
        self.table.append(("date", "region", "certificates", "verdict", "because of"))
        for one, assessment in self.assessments.items():
            date, region, papers = one
            verdict, version, missing, fields = aquatic(assessment)
            because = " ".join(filter(None, [f"{BAN}@{version}" if version else "", *missing, *fields]))
            self.table.append((date, REGIONS[region], papers, verdict, because))
            with self.subTest(date=date, region=region, papers=papers):
                wanted = expected(*one)
                self.assertEqual((verdict, version, missing), wanted[:3])
                # With the region open, the documents may be named as well.
                self.assertLessEqual(set(wanted[3]), set(fields))
                if region is not None:
                    self.assertEqual(fields, wanted[3])

    def test_a_region_that_is_not_declared_leaves_the_ban_open_and_says_which_field_decides(self):
        for (date, region, _), assessment in self.assessments.items():
            if date != "2025-06-29" or region is not None:
                continue
            ban = [one for one in assessment["undetermined"] if one["criterion"] == BAN]
            self.assertEqual([one["missing"] for one in ban], [["/items/0/origin/region_id"]])
            self.assertEqual([one for one in assessment["findings"] if one["criterion"] in (BAN, DOCUMENTS)], [])

    def test_a_missing_certificate_is_named_in_both_languages(self):
        for (date, region, papers), assessment in self.assessments.items():
            if date != "2025-06-29" or region != "JP-01" or not papers.startswith("no "):
                continue
            finding, = (one for one in assessment["findings"] if one["criterion"] == DOCUMENTS)
            certificate = papers.removeprefix("no ")
            self.assertIn(certificate, finding["message"]["en"])
            self.assertIn(certificate, finding["message"]["zh"])
            self.assertEqual(finding["at"][0]["pointer"], "/documents")
            self.assertEqual(finding["row"]["list"], "aquatic_documents")
            self.assertTrue(any(remedy["kind"] == "document" for remedy in finding["remedies"]))

    def test_the_level_is_high_wherever_the_ban_applies(self):
        for one, assessment in self.assessments.items():
            if expected(*one)[1] is not None:
                self.assertEqual((assessment["level"], assessment["lane"]), ("high", "red"))

    def test_other_origins_and_products_are_never_concerned(self):
        lines = []
        for date in DATES:
            for hs, country in (("0307220000", "NO"), ("8429521200", "JP")):
                made = shipment(date, "JP-12", "none")
                made["items"][0] |= {"hs": hs, "origin": {"country_code": country, "region_id": "JP-12"}}
                lines.append(json.dumps(made))
        run = greenlane("--format", "json", "screen", "--fail-on", "never", "--pack", SAMPLE, self.write("in.ndjson", "\n".join(lines)))
        for assessment in run.documents():
            self.assertEqual(aquatic(assessment)[0], "clear")

    def test_the_explanation_agrees_on_every_combination_of_the_last_day(self):
        for one, assessment in self.assessments.items():
            if one[0] != "2025-06-29" or one[2] not in ("all", "no ORIGIN_CERT", "not declared"):
                continue
            path = self.write("one.json", shipment(*one))
            for criterion in (BAN, DOCUMENTS):
                outcome = greenlane("--format", "json", "explain", "--pack", SAMPLE, "--criterion", criterion, path).documents()[0]["outcome"]
                hit = any(finding["criterion"] == criterion for finding in assessment["findings"])
                still_open = any(each["criterion"] == criterion for each in assessment["undetermined"])
                self.assertEqual(outcome, "hit" if hit else "undetermined" if still_open else "clear", (one, criterion))


if __name__ == "__main__":
    main()
