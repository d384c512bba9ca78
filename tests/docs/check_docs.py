#!/usr/bin/env python3
"""Runs the examples of README.md and docs/*.md, and checks what the pages say about the sources.

    GREENLANE_BIN=build/release/bin tests/docs/check_docs.py [PAGE…]

Blocks that are run: ```criterion, ```cel and ```console. What they need stands in the page as well:
```json declaration (the declaration of the ```cel blocks below it), ```json list NAME and ```csv list NAME
(reference lists), ```json file PATH and the like (files of the ```console blocks). Other blocks are only
shown; complete C++ programs are compiled by CMake.
"""
import json
import pathlib
import sys

from blocks import ROOT, pages, read_blocks
from console import check_console
from expressions import check_criteria, check_expressions, read_expressions, read_mistakes
from facts import check_functions, check_limits, check_links, check_members, check_variables
from program import BIN, Workplace


def read_page(blocks, workplace):
    """Sorts the blocks of a page: lists, criteria, expressions, commands."""
    lists, criteria, expressions, commands = {}, [], [], []
    declaration = None
    for block in blocks:
        kind = block.word(0)
        if kind == "declaration":
            declaration = json.loads(block.text)
        elif kind == "list":
            lists[f"{block.word(1)}.{block.language}"] = block.text
        elif kind == "file":
            workplace.write(block.word(1), block.text)
        elif block.language == "criterion":
            criteria.append(block)
        elif block.language == "cel":
            expressions += read_expressions(block, declaration)
        elif block.language == "console":
            commands.append(block)
    return lists, criteria, expressions, commands


def check_page(path):
    workplace = Workplace()
    try:
        lists, criteria, expressions, commands = read_page(read_blocks(path), workplace)
        expressions += read_mistakes(path)
        problems = check_criteria(workplace, criteria, lists)
        problems += check_expressions(workplace, expressions, lists)
        for block in commands:
            problems += check_console(workplace, block)
    finally:
        workplace.close()
    print(f"{path.relative_to(ROOT)}: {len(criteria)} criteria, {len(expressions)} expressions, "
          f"{len(commands)} sessions")
    return problems


def main(names):
    if not (pathlib.Path(BIN) / "greenlane").exists():
        sys.exit(f"there is no greenlane in {BIN}; build it, or set GREENLANE_BIN")
    problems = []
    for path in [pathlib.Path(name).resolve() for name in names] or pages():
        problems += check_page(path)
    if not names:
        for check in (check_limits, check_functions, check_members, check_variables, check_links):
            problems += check()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
