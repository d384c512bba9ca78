#!/usr/bin/python3
"""Every CDS message of the public samples becomes a document by samples/mappings/uk-cds.json, and next to nothing is left unread.

Prints the coverage. The messages lie below GREENLANE_TEST_DATA (default: ../shared/data beside the checkout).
"""
import json
import os
import pathlib
import re
import sys
import unittest
import xml.etree.ElementTree as ElementTree

import jsonschema

from program import ROOT, Case, greenlane, main, schema

DATA = pathlib.Path(os.environ.get("GREENLANE_TEST_DATA", ROOT.parent / "shared" / "data")) / "cds"
MAPPING = ROOT / "samples" / "mappings" / "uk-cds.json"
DECLARATION = jsonschema.Draft7Validator(schema("declaration"))

# What has been reached. More messages or a better mapping raise it.
MESSAGES, DOCUMENTS = 509, 511
PATHS_LEFT, ELEMENTS_LEFT = 10, 9  # attributes of a mangled root, and an element <unknown/>


def local(tag):
    return tag.rsplit("}", 1)[-1]


def messages():
    """Well-formed files, and those that are not."""
    good, bad = [], []
    for path in sorted(path for path in DATA.rglob("*") if path.suffix.lower() == ".xml"):
        try:
            ElementTree.parse(path)
            good.append(path)
        except ElementTree.ParseError:
            bad.append(path)
    return good, bad


class Paths:
    """The paths that a mapping reads and ignores, from its records on, without conditions."""

    def __init__(self, mapping):
        self.records, self.read, self.ignored = set(mapping["xml"]["records"]), set(), set()
        self.add(mapping, "")

    def add(self, group, above):
        for entry in group["fields"]:
            sources = entry["from"] if isinstance(entry["from"], list) else [entry["from"]]
            sources = sources + [source[:condition.start()] + "/" + condition[1] for source in sources
                                 for condition in re.finditer(r"\[(@?[A-Za-z]+)='", source)]
            for source in sources + ([entry["format_code"]] if "format_code" in entry else []):
                path = above if source == "." else above + "/" + re.sub(r"\[[^\]]*\]", "", source)
                self.read.add(path)
                if "fields" in entry:
                    self.add(entry, path)
        self.ignored.update(above + "/" + path for path in group.get("ignore", []))

    def ignores(self, path):
        return any(path == ignored or path.startswith(ignored + "/") for ignored in self.ignored)


def parts(element, above=""):
    """Paths of the elements and attributes below `element`."""
    for name in element.attrib:
        yield above + "/@" + local(name)
    for child in element:
        path = above + "/" + local(child.tag)
        yield path
        yield from parts(child, path)


def records(element, names):
    if local(element.tag) in names:
        yield element
        return
    for child in element:
        yield from records(child, names)


class UkCds(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good, cls.bad = messages()
        cls.run_of_all = greenlane("convert", "--input", "xml", "--mapping", MAPPING, *cls.good)

    def test_every_well_formed_message_becomes_a_document_of_the_schema(self):
        self.assertGreaterEqual(len(self.good), MESSAGES)
        self.assertEqual(self.run_of_all.status, 0, self.run_of_all.err[:2000])
        documents = self.run_of_all.documents()
        self.assertGreaterEqual(len(documents), DOCUMENTS)
        anonymous = 0
        for document in documents:
            self.assertEqual([error.message for error in DECLARATION.iter_errors(document)], [])
            anonymous += not (document.keys() & {"declaration_id", "lrn", "ucr"} or "movement" in document["attributes"])
        self.assertEqual(anonymous, 1, "one sample is a declaration without any element of its own")

    def test_what_is_not_well_formed_is_an_error_with_line_and_column(self):
        self.assertEqual(len(self.bad), 3)
        for path in self.bad:
            with self.subTest(path.name):
                run = greenlane("--format", "json", "convert", "--input", "xml", "--mapping", MAPPING, path)
                self.assertEqual(run.status, 3)
                error = run.documents()[0]["error"]
                try:
                    ElementTree.parse(path)
                except ElementTree.ParseError as fault:
                    self.assertEqual(error["line"], fault.position[0])
                self.assertGreaterEqual(error["column"], 1)

    def test_next_to_nothing_is_left_unread(self):
        counts = re.search(r"([0-9,]+) of ([0-9,]+) elements read, ([0-9,]+) ignored by the mapping, ([0-9,]+) left", self.run_of_all.err)
        read, total, ignored, left = (int(count.replace(",", "")) for count in counts.groups())
        mapping = Paths(json.loads(MAPPING.read_text("utf-8")))
        found = set()
        for path in self.good:
            for record in records(ElementTree.parse(path).getroot(), mapping.records):
                found.update(parts(record))
        ignored_paths = {path for path in found if mapping.ignores(path)}
        read_paths = {path for path in found - ignored_paths
                      if path in mapping.read or any(one.startswith(path + "/") for one in mapping.read)}
        unknown = found - ignored_paths - read_paths
        print(f"uk-cds: {len(self.good)} messages, {total} elements: {read} read ({read / total:.1%}), {ignored} ignored, {left} left", file=sys.stderr)
        print(f"uk-cds: {len(found)} element paths below the records: {len(read_paths)} mapped ({len(read_paths) / len(found):.1%}), "
              f"{len(ignored_paths)} ignored, {len(unknown)} left", file=sys.stderr)
        for path in sorted(unknown):
            print(f"uk-cds:   left: {path}", file=sys.stderr)
        self.assertLessEqual(left, ELEMENTS_LEFT)
        self.assertLessEqual(len(unknown), PATHS_LEFT)


if __name__ == "__main__":
    if not DATA.is_dir():
        print("skipped: no test data")
        sys.exit(0)
    main()
