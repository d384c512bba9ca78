#!/usr/bin/env python3
"""Checks that the house is built as it says: include direction, file and function sizes, what public headers use.

First proves on made-up sources that each rule can fail.
"""
import pathlib
import re
import sys

KNOWS = {
    "base": [],
    "crypto": ["base"],
    "cel": ["base"],
    "document": ["base"],
    "criteria": ["base", "crypto", "cel", "document"],
    "trust": ["base", "crypto"],
    "screening": ["base", "crypto", "cel", "document", "criteria"],
    "exchange": ["base", "crypto", "trust"],
    "client": ["base", "crypto", "cel", "document", "criteria", "trust", "screening", "exchange"],
}
MAX_LINES = 600
STANDARD_HEADER = re.compile(r"^[a-z_]+$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def layer_problems(path, layer, text):
    """Includes of `text`, a file of sdk/src/<layer>, that its layer must not have."""
    problems = []
    for kind, target in INCLUDE.findall(text):
        if kind != '"' or target.startswith("greenlane/"):
            continue
        owner = target.split("/")[0]
        if owner != layer and owner not in KNOWS[layer]:
            problems.append(f"{path}: {layer} must not include {target}")
    return problems


def library_problems(path, text):
    """Includes of libraries outside the few files that wrap them."""
    rules = {
        "nlohmann/": lambda p: p.name == "json_parse.cc",
        "simdjson": lambda p: p.name == "bulk_reader.cc",
        "openssl/": lambda p: p.parent.name == "crypto" and p.suffix == ".cc",
        "libp11": lambda p: p.parent.name == "crypto" and p.suffix == ".cc",
        "curl/": lambda p: p.parent.name == "exchange" and p.suffix == ".cc",
        "archive": lambda p: p.parent.name == "client" and p.suffix == ".cc",
        "iostream": lambda p: False,
    }
    return [
        f"{path}: {target} may not be included here"
        for _, target in INCLUDE.findall(text)
        for prefix, allowed in rules.items()
        if target.startswith(prefix) and not allowed(path)
    ]


def public_problems(path, text):
    """Public headers include the standard library and each other only."""
    return [
        f"{path}: a public header must not include {target}"
        for kind, target in INCLUDE.findall(text)
        if not (kind == '"' and target.startswith("greenlane/")) and not (kind == "<" and STANDARD_HEADER.match(target))
    ]


def cli_problems(path, text):
    return [
        f"{path}: the command uses public headers only, not {target}"
        for kind, target in INCLUDE.findall(text)
        if kind == '"' and "/" in target and not target.startswith("greenlane/")
    ]


def size_problems(path, text):
    lines = text.count("\n")
    return [f"{path}: {lines} lines, at most {MAX_LINES}"] if lines > MAX_LINES else []


def prove_rules_can_fail():
    p = pathlib.Path("x.cc")
    assert layer_problems(p, "cel", '#include "document/document.h"\n')
    assert layer_problems(p, "base", '#include "criteria/language.h"\n')
    assert not layer_problems(p, "criteria", '#include "cel/value.h"\n#include "greenlane/date.h"\n')
    assert library_problems(pathlib.Path("base/x.cc"), "#include <nlohmann/json.hpp>\n")
    assert library_problems(pathlib.Path("document/x.cc"), "#include <simdjson.h>\n")
    assert library_problems(pathlib.Path("crypto/x.h"), "#include <openssl/evp.h>\n")
    assert public_problems(p, "#include <openssl/evp.h>\n")
    assert cli_problems(p, '#include "criteria/language.h"\n')
    assert size_problems(p, "\n" * (MAX_LINES + 1))


def main():
    prove_rules_can_fail()
    root = pathlib.Path(__file__).resolve().parents[2]
    problems = []
    files = 0
    for layer in sorted(p.name for p in (root / "sdk/src").iterdir() if p.is_dir()):
        if layer not in KNOWS:
            problems.append(f"sdk/src/{layer}: a layer that no rule knows")
            continue
        for path in sorted((root / "sdk/src" / layer).rglob("*")):
            if path.suffix not in (".h", ".cc"):
                continue
            text = path.read_text()
            files += 1
            problems += layer_problems(path, layer, text) + library_problems(path, text) + size_problems(path, text)
    for path in sorted((root / "sdk/include").rglob("*.h")):
        text = path.read_text()
        files += 1
        problems += public_problems(path, text) + size_problems(path, text)
    for path in sorted((root / "sdk/cli").glob("*")):
        if path.suffix in (".h", ".cc"):
            text = path.read_text()
            files += 1
            problems += size_problems(path, text) + cli_problems(path, text)
    print(*problems, sep="\n")
    print(f"{files} files, {len(problems)} problems")
    return 1 if problems or files < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
