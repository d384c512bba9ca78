#!/usr/bin/python3
"""A Verified<T> is made by verifiers only: the compiler refuses every other way.

    verified_test.py COMPILER
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "tests/compile_fail/verified.cc"
FORGERIES = SOURCE.read_text(encoding="utf-8").count("FORGERY == ")
# Words of g++ and clang for what is forbidden; an error of another kind would prove nothing.
REASONS = ("private", "deleted", "could not convert", "no matching", "no viable", "no operator", "discards qualifiers", "read-only", "not trivially")


def errors(compiler, forgery):
    """What the compiler says against the file with that forgery; None where it takes it."""
    command = [compiler, "-std=c++20", "-fsyntax-only", f"-DFORGERY={forgery}", f"-I{ROOT}/sdk/include", f"-I{ROOT}/sdk/src", str(SOURCE)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return None if run.returncode == 0 else run.stderr


def main():
    compiler = sys.argv[1]
    problems = []
    plain = errors(compiler, 0)
    if plain is not None:
        problems.append(f"without a forgery the file has to compile:\n{plain}")
    for forgery in range(1, FORGERIES + 1):
        said = errors(compiler, forgery)
        if said is None:
            problems.append(f"forgery {forgery} compiles")
        elif not any(reason in said for reason in REASONS):
            problems.append(f"forgery {forgery} is refused for another reason:\n{said}")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{FORGERIES} forgeries, {len(problems)} problems")
    return 1 if problems or FORGERIES < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
