#!/usr/bin/env python3
"""Writes the ```cpp complete block of a page to a file: extract_program.py PAGE OUTPUT"""
import pathlib
import sys

from blocks import read_blocks

page, output = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
programs = [block for block in read_blocks(page) if block.language == "cpp" and block.word(0) == "complete"]
if len(programs) != 1:
    sys.exit(f"{page}: expected one complete program, found {len(programs)}")
output.write_text(f"#line {programs[0].line} \"{programs[0].page}\"\n{programs[0].text}", encoding="utf-8")
