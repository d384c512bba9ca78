#!/usr/bin/python3
"""Each attack test fails where the verifier is weak: compiles weakened copies of the sources, and runs the tests with them.

    tests/fault/weakened_verifiers_test.py [WORD…]

A weakening (tests/fault/weakenings.py) replaces texts of one source, each of which has to stand there once. The tests that it
names have to fail with it; all of them pass without. The short form takes some of them by chance, the long form and WORDs of what they
are all.
"""
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from weakenings import WEAKENINGS  # pylint: disable=wrong-import-position

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["GREENLANE_BUILD"])
LONG = bool(os.environ.get("GREENLANE_LONG"))
SHORT = 60


def is_instrumented():
    cache = (BUILD / "CMakeCache.txt").read_text(encoding="utf-8")
    return not re.search(r"^GREENLANE_SANITIZE:\w+=$", cache, re.M) or re.search(r"^GREENLANE_COVERAGE:BOOL=ON", cache, re.M)


def compile_commands():
    commands = json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))
    return {command["file"]: command["command"] for command in commands}


def link_command(program):
    """The command that links the program. Ninja also prints those of what it is linked from, before it."""
    printed = subprocess.run(["ninja", "-t", "commands", program], cwd=BUILD, capture_output=True, text=True, check=True).stdout
    command = next(line for line in reversed(printed.splitlines()) if f"-o bin/{program} " in line)
    return next(part for part in command.split(" && ") if f"-o bin/{program} " in part)


def weakened_source(weakening):
    text = (ROOT / weakening.source).read_text(encoding="utf-8")
    for old, new in weakening.changes:
        if text.count(old) != 1:
            raise ValueError(f"{weakening.source} has {text.count(old)} times, not once: {old}")
        text = text.replace(old, new)
    return text


def build(weakening, folder, commands):
    """The test program with the weakened source in the place of the library's."""
    source, made, program = folder / "weakened.cc", folder / "weakened.o", folder / weakening.program
    source.write_text(weakened_source(weakening), encoding="utf-8")
    original = str(ROOT / weakening.source)
    command = [part for part in shlex.split(commands[original]) if part != original and not part.startswith("-W")]
    at = command.index("-o")
    del command[at:at + 2]
    command += [str(source), "-o", str(made), "-O0", "-w"]
    subprocess.run(command, cwd=BUILD, check=True, capture_output=True, text=True)
    # What an archive has is taken only where no object has it.
    instead = f"-o {shlex.quote(str(program))} {shlex.quote(str(made))} "
    linked = link_command(weakening.program).replace(f"-o bin/{weakening.program} ", instead)
    subprocess.run(linked, cwd=BUILD, shell=True, check=True, capture_output=True, text=True)
    return program


def problem_of(weakening, commands):
    """What the tests have not noticed of a weakening; None where they have."""
    with tempfile.TemporaryDirectory() as name:
        try:
            program = build(weakening, pathlib.Path(name), commands)
            run = subprocess.run([program, "--gtest_filter=" + ":".join(weakening.tests)], cwd=ROOT, capture_output=True,
                                 encoding="utf-8", errors="replace", timeout=300, check=False)
        except subprocess.CalledProcessError as error:
            return f"cannot be built:\n{error.stderr}{error.stdout}"
        except (ValueError, subprocess.TimeoutExpired) as error:
            return str(error)
    unnoticed = [test for test in weakening.tests if not re.search(rf"^\[  FAILED  \] {re.escape(test)}\b", run.stdout, re.M)]
    return f"not noticed by {', '.join(unnoticed)}\n{run.stdout[-2000:]}" if unnoticed else None


def main():
    if is_instrumented():
        print("skipped: an instrumented build takes too long")
        return 77
    commands = compile_commands()
    for weakening in WEAKENINGS:
        weakened_source(weakening)
    wanted = [weakening for weakening in WEAKENINGS if all(word in weakening.what for word in sys.argv[1:])]
    if not LONG and len(sys.argv) == 1:
        seed = random.SystemRandom().randrange(10**9)
        print(f"seed {seed}: {SHORT} of {len(wanted)}", flush=True)
        wanted = random.Random(seed).sample(wanted, SHORT)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        problems = list(pool.map(lambda weakening: problem_of(weakening, commands), wanted))
    failed = 0
    for weakening, problem in zip(wanted, problems):
        if problem:
            failed += 1
            print(f"{weakening.source}: {weakening.what}: {problem}", file=sys.stderr)
    print(f"{len(wanted)} weakenings, {failed} problems")
    return 1 if failed or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
