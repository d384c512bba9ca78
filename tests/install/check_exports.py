#!/usr/bin/env python3
"""check_exports.py HEADERS LIBRARY: the shared library exports the public API, all of it, and nothing else.

Public is what stands directly in namespace greenlane: inner namespaces (lower case) are the library's own.
"""
import pathlib
import re
import subprocess
import sys

OF_TYPE = re.compile(r"^(typeinfo for|typeinfo name for|vtable for) ")
PUBLIC = re.compile(r"^greenlane::(?![a-z_0-9]+::)")
VERSIONED = re.compile(r"^libgreenlane\.so\.\d+(\.\d+)?$")


def exported(library):
    listing = subprocess.run(["nm", "-DC", "--defined-only", library], check=True, capture_output=True, text=True)
    return [line.split(" ", 2)[2] for line in listing.stdout.splitlines()]


def foreign(names):
    return [name for name in names if not PUBLIC.match(OF_TYPE.sub("", name))]


def declared(headers):
    """Names of the functions and of the types with functions of their own that the headers mark."""
    text = "\n".join(path.read_text() for path in sorted(headers.glob("*.h")))
    text = re.sub(r"//[^\n]*", "", text)
    functions = re.findall(r"^GREENLANE_EXPORT [^;{}(]*?\b(\w+)\(", text, re.MULTILINE)
    types = re.findall(r"(?:class|struct) GREENLANE_EXPORT (\w+)", text)
    return functions, [name for name in types if name != "BadResult"]  # which is all inline


def prove_rules_can_fail():
    assert foreign(["greenlane::cel::parse(char)"])
    assert foreign(["vtable for greenlane::document::Reader"])
    assert foreign(["std::vector<greenlane::Finding>::~vector()"])
    assert not foreign(["greenlane::screen(int)", "greenlane::Date::parse(int)", "vtable for greenlane::BadResult"])


def main(headers, library):
    prove_rules_can_fail()
    names = exported(library)
    functions, types = declared(pathlib.Path(headers))
    problems = [f"exported, but not public: {name}" for name in foreign(names)]
    problems += [f"public, but not exported: {f}()" for f in functions if not any(n.startswith((f"greenlane::{f}(", f"greenlane::{f}[")) for n in names)]
    problems += [f"public, but not exported: {t}" for t in types if not any(n.startswith(f"greenlane::{t}::") for n in names)]
    soname = re.search(r"SONAME.*\[(.*)\]", subprocess.run(["readelf", "-d", library], check=True, capture_output=True, text=True).stdout)
    if not soname or not VERSIONED.match(soname.group(1)):
        problems.append(f"SONAME is {soname and soname.group(1)}, expected libgreenlane.so.N or libgreenlane.so.N.N")
    for problem in problems:
        print(problem)
    print(f"{len(names)} exported symbols, {len(functions)} functions and {len(types)} types declared, {len(problems)} problems")
    return 1 if problems or len(functions) < 5 or len(types) < 5 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
