#!/usr/bin/python3
"""Checks the JSON Schemas of schema/ and the examples under schema/examples/.

Each schema follows draft-07, uses only the keywords that greenlane's own validator knows, bounds every
array and names every property. Each valid example passes; each invalid one fails at exactly the place
that expected.tsv names: the value that is wrong, the key that is unknown, the element that stands there twice, or the
object that lacks a key.
"""
import csv
import datetime
import json
import pathlib
import re
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEYWORDS = set("""type enum const properties patternProperties additionalProperties required items minItems
maxItems uniqueItems minLength maxLength pattern minimum maximum oneOf anyOf allOf if then else $ref format
title description default examples definitions $schema $id""".split())
FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("decimal")
def is_decimal(value):
    return not isinstance(value, str) or re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) is not None


@FORMATS.checks("hs")
def is_hs(value):
    return not isinstance(value, str) or re.fullmatch(r"[0-9]{4,12}", value) is not None


@FORMATS.checks("date", raises=ValueError)
def is_date(value):
    return not isinstance(value, str) or bool(datetime.date.fromisoformat(value))


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(value):
    return not isinstance(value, str) or bool(
        datetime.datetime.strptime(re.sub(r"\.[0-9]+", "", value), "%Y-%m-%dT%H:%M:%S%z"))


def pointer(parts):
    return "".join("/" + str(p).replace("~", "~0").replace("/", "~1") for p in parts)


def places(validator, document):
    """Where the document breaks the schema, as JSON Pointers."""
    found = set()
    for error in validator.iter_errors(document):
        path = list(error.absolute_path)
        if error.validator == "uniqueItems":
            path.append(next(i for i, x in enumerate(error.instance) if x in error.instance[:i]))
        if error.validator != "additionalProperties" or error.schema["additionalProperties"] is not False:
            found.add(pointer(path))
            continue
        known = error.schema.get("properties", {})
        patterns = error.schema.get("patternProperties", {})
        unknown = [k for k in error.instance if k not in known and not any(re.search(p, k) for p in patterns)]
        found.update(pointer(path + [k]) for k in unknown)
    return found


def check_rules(schema, where, problems, is_property=False):
    """The rules of this project that draft-07 itself does not have."""
    unknown = [k for k in schema if k not in KEYWORDS and not k.startswith("x-")]
    if unknown:
        problems.append(f"{where}: keyword {unknown[0]} is not one our validator knows")
    if "$ref" in schema and (len(schema) > 1 or not schema["$ref"].startswith("#/definitions/")):
        problems.append(f"{where}: a $ref stands alone and points into #/definitions/")
    types = schema.get("type", [])
    if "array" in ([types] if isinstance(types, str) else types) and "items" in schema and "maxItems" not in schema:
        problems.append(f"{where}: an array without maxItems")
    if is_property and "$ref" not in schema and not ("title" in schema and "x-title-zh" in schema):
        problems.append(f"{where}: a property without title and x-title-zh")
    for name in ("properties", "patternProperties", "definitions"):
        for key, part in schema.get(name, {}).items():
            check_rules(part, f"{where}/{name}/{key}", problems, name == "properties")
    for name in ("items", "additionalProperties", "if", "then", "else"):
        if isinstance(schema.get(name), dict):
            check_rules(schema[name], f"{where}/{name}", problems)
    for name in ("oneOf", "anyOf", "allOf"):
        for index, part in enumerate(schema.get(name, [])):
            check_rules(part, f"{where}/{name}/{index}", problems)


def check_folder(validator, folder, problems):
    """Returns the number of examples checked."""
    count = 0
    for path in sorted((folder / "valid").glob("*.json")):
        count += 1
        found = places(validator, json.loads(path.read_text(encoding="utf-8")))
        if found:
            problems.append(f"{path.relative_to(ROOT)}: should be valid, but fails at {sorted(found)}")
    with open(folder / "invalid" / "expected.tsv", encoding="utf-8", newline="") as file:
        expected = {row["file"]: row["pointer"] for row in csv.DictReader(file, delimiter="\t")}
    files = {path.name: path for path in (folder / "invalid").glob("*.json")}
    for name in sorted(set(files) ^ set(expected)):
        problems.append(f"{folder.name}/invalid/{name}: either the file or its line in expected.tsv is missing")
    for name in sorted(set(files) & set(expected)):
        count += 1
        found = places(validator, json.loads(files[name].read_text(encoding="utf-8")))
        if found != {expected[name]}:
            problems.append(
                f"{folder.name}/invalid/{name}: should fail at {expected[name]!r} only, fails at {sorted(found)}")
    return count


def main():
    problems = []
    count = 0
    schemas = sorted((ROOT / "schema").glob("*.schema.json"))
    validators = {}
    for path in schemas:
        name = path.name[: -len(".schema.json")]
        schema = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        check_rules(schema, path.name + "#", problems)
        validators[name] = jsonschema.Draft7Validator(schema, format_checker=FORMATS)
        folder = ROOT / "schema" / "examples" / name
        if folder.is_dir():
            count += check_folder(validators[name], folder, problems)
        else:
            problems.append(f"{path.name}: no examples in schema/examples/{name}")
    samples = sorted((ROOT / "samples" / "declarations").glob("*.json"))
    for path in samples:
        found = places(validators["declaration"], json.loads(path.read_text(encoding="utf-8")))
        if found:
            problems.append(f"{path.relative_to(ROOT)}: fails at {sorted(found)}")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(schemas)} schemas, {count} examples, {len(samples)} sample declarations, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
