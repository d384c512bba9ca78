#!/usr/bin/python3
"""greenlane-gateway ended before each of its changes to the file system, and killed at random: clients never see half a release.

    tests/fault/gateway_crash_test.py [SEED]

After each end the repository must be one that a client follows from the first root and from what it has seen before, and one
`repo refresh` must finish the release. The same with a planted fault (the folder of metadata is exchanged file by file) has to
find a repository that clients refuse.
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
from gateway import GATEWAY, Authority, environment, sample_pack  # noqa: E402
from repository_verifier import verify  # noqa: E402

CRASH_AT = GATEWAY.with_name("libgreenlane-crash-at.so")
LONG = bool(os.environ.get("GREENLANE_LONG"))
KILLS = 500 if LONG else 40


class Scene:
    """A repository before a command, and what must be there after it."""

    def __init__(self, name, authority, command, versions, log):
        self.name, self.authority, self.command, self.versions, self.log = name, authority, command, versions, log
        self.before = authority.folder / "before"
        if authority.repo.exists():
            shutil.copytree(authority.repo, self.before)
        self.pinned = authority.first_root() if (authority.repo / "metadata").exists() else None

    def reset(self):
        shutil.rmtree(self.authority.repo, ignore_errors=True)
        if self.before.exists():
            shutil.copytree(self.before, self.authority.repo)

    def run(self, command=None, **more):
        preload = {"LD_PRELOAD": str(CRASH_AT)} if more else {}
        return subprocess.run([str(GATEWAY), "repo", "--repo", str(self.authority.repo), *map(str, command or self.command)],
                              stdin=subprocess.DEVNULL,
                              capture_output=True, env=environment({**preload,
                                                                    **{name: str(value) for name, value in more.items()}}), timeout=120)

    def count(self):
        """How many changes the command makes."""
        self.reset()
        number = self.authority.folder / "count"
        run = self.run(CRASH_COUNT=number)
        assert run.returncode == 0, run.stderr.decode()
        self.check_end("without a crash")
        return int(number.read_text())

    def seen(self):
        """What a client sees, or None before the first release. Raises what a client says."""
        if not (self.authority.repo / "metadata").exists():
            return None
        found = verify(self.authority.repo, self.pinned)
        return found["versions"]

    def check_middle(self, when, refreshed=False):
        """What clients see is the state before or after; `refreshed`: with a newer timestamp."""
        try:
            versions = self.seen()
        except Exception as problem:  # whatever a verifier stumbles over, a client would too
            raise AssertionError(f"{self.name}, {when}: clients would refuse it: {problem!r}") from problem
        allowed = [self.versions[0], self.versions[1]]
        if refreshed:
            allowed += [{**one, "timestamp": one["timestamp"] + 1} for one in allowed if one]
        if versions not in allowed:
            raise AssertionError(f"{self.name}, {when}: half a release: {versions}")

    def check_end(self, when):
        found = verify(self.authority.repo, self.pinned)
        versions = dict(found["versions"])
        # A refresh after the release has made one more timestamp.
        assert self.versions[1]["timestamp"] <= versions.pop("timestamp") <= self.versions[1]["timestamp"] + 2, f"{self.name}, {when}"
        expected = {role: version for role, version in self.versions[1].items() if role != "timestamp"}
        assert versions == expected, f"{self.name}, {when}: {versions} instead of {expected}"
        assert [one["path"] for one in found["log"]] == self.log, f"{self.name}, {when}: {found['log']}"
        left = [name for name in os.listdir(self.authority.repo) if name not in ("authority.json", "metadata", "targets", "log", ".lock")]
        assert not left or left == [".new"], f"{self.name}, {when}: left behind: {left}"

    def finish(self, when):
        """One refresh brings it to its end; before all had signed, the command itself does."""
        run = self.run(["refresh"])
        unreleased = self.seen() is None
        assert run.returncode == (2 if unreleased else 0), f"{self.name}, {when}: {run.stderr.decode()}"
        if unreleased or {**self.seen(), "timestamp": 0} == {**(self.versions[0] or {}), "timestamp": 0}:
            self.redo(when)
        self.check_end(when)

    def redo(self, when):
        run = self.run()
        assert run.returncode == 0, f"{self.name}, {when}, again: {run.stderr.decode()}"


def versions(root, timestamp, snapshot, targets):
    return {"root": root, "timestamp": timestamp, "snapshot": snapshot, "targets": targets}


def write_pack(folder, **members):
    path = folder / "pack.json"
    path.write_text(json.dumps(sample_pack(**members)))
    return path


def staged(folder, name, changes, last, versions_after, log):
    """A scene in which `last` sign what `changes` have staged."""
    authority = Authority(folder / name).start()
    for change in changes(authority):
        run = authority.run(*change)
        assert run.status == 0, run.err
    command = ["sign", "--key", *(authority.key(holder) for holder in last)]
    return Scene(name, authority, command, (versions(1, 1, 1, 1), versions_after), log)


def new_pack(folder):
    return staged(folder, "a pack", lambda authority: [["publish", write_pack(folder)]], ["targets1", "targets2"], versions(1, 2, 2, 2),
                  ["trust/keys.json", "criteria/test-pack/1.json"])


def new_keys_everywhere(folder):
    """Holders of root and targets, the keys of timestamp, snapshot and log, and a pack: all in one change."""
    def changes(authority):
        for name in ("root4", "targets3", "timestamp2", "snapshot2", "log2"):
            authority.new_key(name)
        yield ["rotate", "root", "root1", authority.public("root4")]
        yield ["rotate", "targets", "targets1", authority.public("targets3")]
        yield ["rotate", "timestamp", "timestamp", authority.key("timestamp2")]
        yield ["rotate", "snapshot", "snapshot", authority.key("snapshot2")]
        yield ["add-key", "checkpoint", authority.key("log2"), "--owner", "customs.example"]
        yield ["revoke", "log"]
        yield ["publish", write_pack(folder)]
    return staged(folder, "new keys", changes, ["root1", "root2", "root4", "targets2", "targets3"], versions(2, 2, 2, 2),
                  ["trust/keys.json", "trust/keys.json", "criteria/test-pack/1.json"])


def first_release(folder):
    authority = Authority(folder / "first")
    assert authority.init().status == 0
    command = ["sign", "--key", *(authority.key(holder) for holder in ("root1", "root2", "targets1", "targets2"))]
    return Scene("first release", authority, command, (None, versions(1, 1, 1, 1)), ["trust/keys.json"])


def fresh_snapshot(folder):
    authority = Authority(folder / "refresh")
    run = authority.init("--snapshot-lifetime", "25h", "--timestamp-lifetime", "24h", sign=("root1", "root2", "targets1", "targets2"))
    assert run.status == 0, run.err
    # As if two thirds of its life were over.
    settings = json.loads((authority.repo / "authority.json").read_text())
    settings["lifetime_seconds"]["snapshot"] = 100 * 3_600
    (authority.repo / "authority.json").write_text(json.dumps(settings))
    return Scene("refresh", authority, ["refresh"], (versions(1, 1, 1, 1), versions(1, 2, 2, 1)), ["trust/keys.json"])


def crash_everywhere(scene):
    total = scene.count()
    for number in range(1, total + 1):
        scene.reset()
        run = scene.run(CRASH_AT=number)
        if run.returncode == 0 and number == total:  # a change after the last line, or none
            continue
        assert run.returncode == 137, f"{scene.name}, change {number}: status {run.returncode}: {run.stderr.decode()}"
        scene.check_middle(f"change {number}")
        scene.finish(f"change {number}")
    print(f"{scene.name}: ended before each of {total} changes")


def crash_twice(scene, chance, rounds):
    """The command that repairs is ended, too."""
    total = scene.count()
    for _ in range(rounds):
        scene.reset()
        first, second = chance.randint(1, total), chance.randint(1, total)
        scene.run(CRASH_AT=first)
        scene.run(["refresh"], CRASH_AT=second)
        scene.check_middle(f"changes {first} and {second}", refreshed=True)
        scene.finish(f"changes {first} and {second}")
    print(f"{scene.name}: ended twice, {rounds} times")


def kill_at_random(scene, chance):
    hits = 0
    for number in range(KILLS):
        scene.reset()
        started = time.monotonic()
        if number == 0:
            scene.run()
            scene.length = time.monotonic() - started
            continue
        with subprocess.Popen([str(GATEWAY), "repo", "--repo", str(scene.authority.repo), *map(str, scene.command)],
                              stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()) as process:
            time.sleep(chance.uniform(0, scene.length))
            process.kill()
            hits += process.wait() != 0
        scene.check_middle(f"kill {number}")
        scene.finish(f"kill {number}")
    print(f"{scene.name}: killed {hits} times at random")


def planted_fault_is_found(scene):
    for number in range(1, 400):
        scene.reset()
        run = scene.run(CRASH_AT=number, CRASH_SLOW_SWAP=1)
        try:
            scene.check_middle(f"change {number}")
        except AssertionError as problem:
            print(f"planted fault found: {problem}")
            return
        if run.returncode == 0:
            break
    raise SystemExit("metadata that is exchanged file by file was not noticed: this test is blind")


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(1 << 30)
    print(f"seed {seed}")
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="greenlane-crash-") as name:
        folder = pathlib.Path(name)
        scenes = [new_keys_everywhere(folder), new_pack(folder), first_release(folder), fresh_snapshot(folder)]
        for scene in scenes:
            crash_everywhere(scene)
        crash_twice(scenes[0], chance, 200 if LONG else 20)
        kill_at_random(scenes[0], chance)
        planted_fault_is_found(scenes[0])


if __name__ == "__main__":
    main()
