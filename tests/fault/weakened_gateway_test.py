#!/usr/bin/python3
"""The tests of the customs side fail where it is weak: builds weakened copies of greenlane-gateway, and runs the tests with them.

As weakened_verifiers_test.py, for tests that run the program from outside.
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import gateway_weakenings  # noqa: E402
from weakened_verifiers_test import BUILD, ROOT, build, compile_commands, is_instrumented  # noqa: E402
from weakenings import of  # noqa: E402


def problem_of(weakening, commands):
    """What the tests have not noticed; None where they have."""
    with tempfile.TemporaryDirectory(prefix="greenlane-weak-") as name:
        programs = pathlib.Path(name)
        try:
            build(weakening, programs, commands)
        except (ValueError, subprocess.CalledProcessError) as problem:
            return f"cannot be built: {problem}\n{getattr(problem, 'stderr', '')}"
        for program in (BUILD / "bin").iterdir():
            if not (programs / program.name).exists():
                (programs / program.name).symlink_to(program)
        for test in weakening.tests:
            file, _, what = test.partition(".")
            run = subprocess.run(["/usr/bin/python3", f"tests/integration/{file}.py", what], cwd=ROOT, capture_output=True,
                                 encoding="utf-8", errors="replace",
                                 env={**os.environ, "GREENLANE_BIN": name}, timeout=600, check=False)
            if not re.search(r"^FAILED \(", run.stderr, re.M):
                return f"not noticed by {test}\n{run.stderr[-2000:]}"
    return None


def main():
    if is_instrumented():
        print("skipped: an instrumented build takes too long")
        return 77
    commands = compile_commands()
    wanted = [weakening for weakening in gateway_weakenings.weakenings(of) if all(word in weakening.what for word in sys.argv[1:])]
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
