"""The program under test, and packs and declarations for it."""
import copy
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("GREENLANE_BIN", ROOT / "build" / "dev" / "bin")) / "greenlane"


def schema(name):
    return json.loads((ROOT / "schema" / f"{name}.schema.json").read_text("utf-8"))


VALIDATORS = {name: jsonschema.Draft7Validator(schema(name)) for name in (
    "assessment", "explanation", "error", "criteria", "watch_result", "watch_status", "keys", "home", "pack_index", "criteria_status", "criteria_update",
    "kept_pack")}


class Run:
    """What a run of the program came to."""

    def __init__(self, completed):
        self.status = completed.returncode
        self.out = completed.stdout.decode("utf-8")
        self.err = completed.stderr.decode("utf-8", "replace")

    def documents(self):
        return [json.loads(line) for line in self.out.removesuffix("\n").split("\n") if self.out]


def greenlane(*arguments, stdin=b"", before=(), environment=None, timeout=300):
    """Runs the program with the C locale, so that the caller's language does not matter."""
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C", **(environment or {})}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        if name in os.environ:
            env[name] = os.environ[name]
    command = [*before, str(PROGRAM), *map(str, arguments)]
    return Run(subprocess.run(command, input=stdin, capture_output=True, env=env, timeout=timeout))


def declaration(**members):
    return {"format": "greenlane.declaration/1", "declared_on": "2025-07-01", **members}


def criterion(when, **members):
    """A criterion that has everything but a sensible meaning."""
    return {
        "id": "T.ONE", "version": 1, "domain": "goods", "level": "high",
        "title": {"en": "A title", "zh": "标题"},
        "legal_basis": [{"ref": "Order 1, Art. 2", "verified": True}],
        "effective": {"from": "2020-01-01"}, "when": when,
        "finding": {"code": "TEST_HIT", "message": {"en": "It hit", "zh": "命中"}, "at": ["declaration"]},
        **members,
    }


def pack(criteria, lists=None, **members):
    return {
        "format": "greenlane.criteria/1", "id": "test-pack", "revision": 3,
        "title": {"en": "Test pack", "zh": "测试包"},
        "authority": {"id": "tests", "name": {"en": "Tests", "zh": "测试"}},
        "jurisdiction": "CN", "published_at": "2026-01-01T00:00:00Z", "utc_offset": "+08:00",
        "applies_to": "greenlane.declaration/1", "lists": lists or {}, "criteria": criteria, **members,
    }


class Case(unittest.TestCase):
    """A test with a folder of its own."""

    maxDiff = 4000

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="greenlane-test-")))

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, "utf-8")
        else:
            path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return path

    def write_pack_folder(self, name, whole):
        """The sources of a pack: a file a criterion, a file a list."""
        head = {key: value for key, value in whole.items() if key not in ("criteria", "lists")}
        self.write(f"{name}/pack.json", head)
        for number, one in enumerate(whole["criteria"]):
            self.write(f"{name}/criteria/{number:03}.json", one)
        for list_name, one in whole["lists"].items():
            self.write(f"{name}/lists/{list_name}.json", one)
        return self.folder / name

    def assertValid(self, name, document):
        errors = [f"{error.json_path}: {error.message[:300]}" for error in VALIDATORS[name].iter_errors(document)]
        self.assertEqual(errors, [], json.dumps(document, ensure_ascii=False)[:600])

    def assertError(self, document, *, code=None, pointer=None, says=()):
        """An error document, or the line of a refused input."""
        error = document.get("error", document)
        self.assertValid("error", error)
        if code is not None:
            self.assertEqual(error["code"], code, error)
        if pointer is not None:
            self.assertEqual(error.get("pointer", ""), pointer, error)
        for text in [says] if isinstance(says, str) else says:
            self.assertIn(text, error["message"])
        return error


def deep_copy(value):
    return copy.deepcopy(value)


def main():
    if not PROGRAM.exists():
        raise SystemExit(f"there is no {PROGRAM}; set GREENLANE_BIN to the folder of the program")
    unittest.main(verbosity=1)
