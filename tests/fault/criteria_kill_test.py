#!/usr/bin/python3
"""`greenlane criteria update` killed at random moments: the criteria in use are all the old ones or all the new ones.

    tests/fault/criteria_kill_test.py [SEED]

An authority publishes a revision of three packs at a time. After each kill every pack must be usable, in one revision with the others;
an update that nobody disturbs must then bring the new ones. An import that writes the index before the packs has to fail this.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
from gateway import Authority, gateway, sample_pack, served  # noqa: E402
from program import PROGRAM, declaration, greenlane  # noqa: E402

INDEX_FIRST = PROGRAM.with_name("greenlane-index-first-update")
LONG = bool(os.environ.get("GREENLANE_LONG"))
KILLS = 600 if LONG else 40
FAULTY_KILLS = 60  # one in five hits
PACKS = ("goods", "tax", "food")


class Place:
    """An authority, a home that follows it, and a declaration."""

    def __init__(self, root):
        self.root = root
        self.authority = Authority(root / "authority").start()
        self.tls = root / "tls"
        assert gateway("tls", "new", self.tls).status == 0
        (root / "root.json").write_bytes(self.authority.first_root())
        self.declaration = root / "declaration.json"
        self.declaration.write_text(json.dumps(declaration(lrn="x")), "utf-8")
        self.home = root / "home"
        self.revision = 0

    def publish(self):
        self.revision += 1
        paths = []
        for name in PACKS:
            paths.append(self.root / f"{name}.json")
            paths[-1].write_text(json.dumps(sample_pack(self.revision, name)), "utf-8")
        run = self.authority.run("publish", *paths, *(part for name in ("targets1", "targets2") for part in ("--sign", self.authority.key(name))))
        assert run.status == 0, run.out + run.err

    def greenlane(self, *arguments):
        return greenlane("--home", self.home, "--format", "json", *arguments)

    def index(self):
        try:
            return (self.home / "packs/index.json").stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def revisions(self):
        """Which revisions can be used now, or what is wrong."""
        status = self.greenlane("criteria", "status")
        if status.status != 0:
            return f"status {status.status}: {status.out}{status.err}"
        screened = self.greenlane("screen", self.declaration)
        if screened.status not in (1,):
            return f"screen {screened.status}: {screened.out}{screened.err}"
        return {one["pack"]["id"]: one["pack"]["revision"] for one in screened.documents()}


def kill(place, command, chance, moment, seconds):
    """Runs the command and kills it: at any moment of `seconds`, or soon after the index was replaced; at once where there are none."""
    before = place.index()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        if moment == "any":
            time.sleep(chance.uniform(0, seconds))
        else:
            end = time.monotonic() + 30
            while place.index() == before and process.poll() is None and time.monotonic() < end:
                pass
            if seconds:
                time.sleep(chance.uniform(0, 0.002))
        process.kill()
        process.wait()
        return process.returncode == -9


def update_command(place):
    return [PROGRAM, "--home", place.home, "--quiet", "criteria", "update"]


def killed_updates(place, chance):
    problems, counts = [], {"killed": 0, "old": 0, "new": 0}
    begin = time.monotonic()
    subprocess.run(update_command(place), check=True)
    seconds = (time.monotonic() - begin) * 1.3
    for number in range(KILLS):
        old = place.revision
        place.publish()
        for _ in range(chance.choice((1, 1, 2, 3))):
            counts["killed"] += kill(place, update_command(place), chance, chance.choice(("any", "any", "index")), seconds)
        found = place.revisions()
        if found == {name: old for name in PACKS}:
            counts["old"] += 1
        elif found == {name: place.revision for name in PACKS}:
            counts["new"] += 1
        else:
            problems.append(f"round {number}: {found}")
        after = subprocess.run(update_command(place), capture_output=True)
        if after.returncode != 0 or place.revisions() != {name: place.revision for name in PACKS}:
            problems.append(f"round {number}: an undisturbed update does not mend it: {after.stderr.decode()}{place.revisions()}")
        left = [str(path.relative_to(place.home)) for path in place.home.rglob("*.new")]
        if left:
            problems.append(f"round {number}: left behind: {left}")
    return problems, counts


def finds_fault(place, chance):
    """Whether packs are missed where the index is written before them."""
    for number in range(1, FAULTY_KILLS + 1):
        place.publish()
        bundle = place.root / "bundle.tar"
        assert place.authority.run("export", bundle).status == 0
        kill(place, [INDEX_FIRST, place.home, bundle], chance, "index", 0)
        if not isinstance(place.revisions(), dict):
            print(f"planted fault: found at kill {number}", flush=True)
            return True
        subprocess.run(update_command(place), check=True)
    return False


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.SystemRandom().randrange(10**9)
    print(f"seed {seed}", flush=True)
    chance, begin = random.Random(seed), time.monotonic()
    root = pathlib.Path(tempfile.mkdtemp(prefix="greenlane-test-"))
    try:
        place = Place(root)
        place.publish()
        with served(place.authority.repo, place.tls, 7_200, subprocess.DEVNULL) as (url, _):
            run = greenlane("--home", place.home, "init", "--gateway", url, "--root", root / "root.json", "--ca", place.tls / "ca.pem")
            assert run.status == 0, run.err
            problems, counts = killed_updates(place, chance)
            print(f"{counts['killed']} kills; afterwards {counts['old']} times the old packs, {counts['new']} times the new ones; {len(problems)} problems", flush=True)
            if counts["killed"] < KILLS / 2 or not counts["old"] or not counts["new"]:
                problems.append(f"the kills do not hit what they should: {counts}")
            if not finds_fault(place, chance):
                problems.append("the planted fault was not found")
        for problem in problems[:20]:
            print(problem)
        print(f"{time.monotonic() - begin:.0f} s in all")
        sys.exit(1 if problems else 0)
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
