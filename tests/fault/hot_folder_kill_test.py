#!/usr/bin/python3
"""`greenlane watch` killed at random moments while files arrive and answers are fetched: nothing is lost or doubled.

    tests/fault/hot_folder_kill_test.py [SEED]

Every input has bytes of its own, so that its digest tells what became of it. The folders are compared byte by byte with those
of a run that nobody disturbed. The same run of a program that moves inputs before their answers are out has to lose some.
"""
import collections
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "integration"))
from program import PROGRAM, criterion, declaration, pack  # noqa: E402

MOVE_FIRST = PROGRAM.with_name("greenlane-move-first-watch")
LONG = bool(os.environ.get("GREENLANE_LONG"))
KILLS = 1000 if LONG else 200
FAULTY_KILLS = 100
FOLDERS = ("in", "out", "done", "failed")
PREFIXES = ("NoFindings_", "Undecided_", "Findings_", "Failed_")
PATIENCE = 120  # seconds for what is left at the end


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


class Place:
    """The folders of one watcher."""

    def __init__(self, root, pack_path):
        self.root, self.pack, self.interrupted = root, pack_path, 0
        for name in (*FOLDERS, "fetched"):
            (root / name).mkdir(parents=True)

    def command(self, *more):
        folders = [part for name in FOLDERS for part in (f"--{name}", self.root / name)]
        return [PROGRAM, "--quiet", "watch", *folders, "--pack", self.pack, "--interval", "0.01", *more]

    def faulty_command(self):
        return [MOVE_FIRST, *(self.root / name for name in FOLDERS), self.pack]

    def waiting(self):
        return [name for name in os.listdir(self.root / "in") if not name.startswith(".")]

    def watcher(self):
        """The process whose work the status file shows."""
        status = self.root / "in" / ".greenlane-status.json"
        return json.loads(status.read_bytes())["process"] if status.exists() else None

    def is_written(self):
        return any(name.startswith(".greenlane-") and name != ".greenlane-lock" for name in os.listdir(self.root / "out"))

    def last_move(self):
        return [(self.root / folder).stat().st_mtime_ns for folder in ("done", "failed")]

    def is_brought_out(self):
        return (self.root / "in" / ".greenlane-journal").exists()

    def contents(self, *folders):
        """Name -> bytes, without hidden files."""
        return {path.name: path.read_bytes() for folder in folders
                for path in (self.root / folder).iterdir() if not path.name.startswith(".")}

    def hidden(self):
        return sorted(str(path.relative_to(self.root)) for path in self.root.glob("*/.*"))


def input_text(number, chance):
    """An input of its own: good, open, hit, of several lines, or broken."""
    kind = chance.random()
    lrn = f"{chance.choice(['hit', 'clear'])}-{number}"
    one = json.dumps(declaration(lrn=lrn) if kind > 0.2 else declaration(ucr=f"U-{number}"))
    if kind > 0.9:
        return ".json", one[:-1]
    if kind > 0.7:
        return ".ndjson", "\n".join([one, "{" if kind > 0.8 else one, one]) + "\n"
    return ".json", one


def put(place, name, content):
    """As a careful sender does: whole, in one step."""
    temporary = place.root / "in" / f".sending-{name}"
    temporary.write_bytes(content)
    temporary.rename(place.root / "in" / name)


class Sender(threading.Thread):
    """Sends files until it is told to stop; some names come again once the file before has been taken."""

    def __init__(self, place, seed):
        super().__init__()
        self.place, self.chance = place, random.Random(seed)
        self.sent, self.stop = [], threading.Event()

    def run(self):
        while not self.stop.is_set():
            for _ in range(self.chance.choice([1, 1, 2, 30])):
                ending, text = input_text(len(self.sent), self.chance)
                again = self.chance.random() < 0.2
                name = f"again-{self.chance.randint(0, 20)}{ending}" if again else f"{len(self.sent):06}{ending}"
                if again and (self.place.root / "in" / name).exists():
                    continue
                self.sent.append((name, text.encode()))
                put(self.place, name, text.encode())
            self.stop.wait(self.chance.random() * 0.06)


class Fetcher(threading.Thread):
    """Takes answers away as soon as they are there, as the sender's software does; some it leaves."""

    def __init__(self, place, seed):
        super().__init__()
        self.place, self.chance, self.stop, self.left, self.problems = place, random.Random(seed), threading.Event(), set(), []

    def run(self):
        while not self.stop.is_set():
            for name in os.listdir(self.place.root / "out"):
                if not name.startswith(PREFIXES) or name in self.left:
                    continue
                if self.chance.random() < 0.5:
                    self.left.add(name)
                    continue
                target = self.place.root / "fetched" / name
                if target.exists():
                    self.problems.append(f"doubled: {name} was answered again after its answer was fetched")
                (self.place.root / "out" / name).rename(target)
            self.stop.wait(0.002)


def wait_for_moment(place, chance, kind, process):
    """Any moment, or one while answers are written, brought out or inputs moved: those are short, and matter most."""
    if kind == "any":
        return time.sleep(chance.uniform(0.005, 0.15))

    def wait_until(condition, seconds):
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            pass

    # What an earlier run has left is brought to its end before that. Instrumented builds start slowly.
    wait_until(lambda: place.watcher() == process.pid, 10)
    moved = place.last_move()
    seen, longest = {"written": (place.is_written, 0.01), "brought out": (place.is_brought_out, 0.003),
                     "moved": (lambda: place.last_move() != moved, 0.001)}[kind]
    wait_until(seen, 0.3)
    time.sleep(chance.uniform(0, longest))


def kill_and_finish(place, command, kills, moments, seed):
    """What was sent while the command was killed again and again; in the end it may work in peace."""
    chance = random.Random(seed)
    sender, fetcher = Sender(place, seed + 1), Fetcher(place, seed + 2)
    sender.start()
    fetcher.start()
    try:
        for _ in range(kills):
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
                wait_for_moment(place, chance, chance.choice(moments), process)
                if process.poll() is not None:
                    raise SystemExit(f"the command ended by itself, {process.returncode}: {process.stderr.read().decode()}")
                process.kill()
                process.wait()
                place.interrupted += place.is_brought_out()
        sender.stop.set()
        sender.join()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            end = time.monotonic() + PATIENCE
            while (place.waiting() or place.watcher() != process.pid) and process.poll() is None and time.monotonic() < end:
                time.sleep(0.02)
            process.send_signal(signal.SIGTERM if command[0] == PROGRAM else signal.SIGKILL)
            status = process.wait(PATIENCE)
    finally:
        sender.stop.set()
        fetcher.stop.set()
        sender.join()
        fetcher.join()
    problems = fetcher.problems + ([f"stuck: {len(place.waiting())} files"] if place.waiting() else [])
    if command[0] == PROGRAM and status != 0:
        problems.append(f"the command ended with status {status}")
    return sender.sent, problems


def check_counts(place, sent):
    """Every input in one place, with one answer, and no answer to anything else."""
    problems = []
    archived = collections.Counter(digest(content) for folder in ("done", "failed") for content in place.contents(folder).values())
    answers = {name: content for name, content in place.contents("out", "fetched").items() if name.startswith(PREFIXES)}
    answered = collections.Counter(content.split(b" ", 7)[6].decode() for content in answers.values())
    wanted = {digest(content): name for name, content in sent}
    for what, counts in (("archive", archived), ("answers", answered)):
        problems += [f"lost: {name} is not in the {what}" for key, name in wanted.items() if counts[key] == 0]
        problems += [f"doubled: {wanted.get(key, key)} is {number} times in the {what}" for key, number in counts.items() if number > 1]
        problems += [f"invented: {key} is in the {what}, but never came" for key in counts if key not in wanted]
    for name in answers:
        label = name.split("_", 1)[1]
        folder = "failed" if name.startswith("Failed_") else "done"
        problems += [f"lost: {name} has no {part}" for part in (f"{folder}/{label}", f"out/{label}.json") if not (place.root / part).exists()]
    return problems


def check_contents(place, sent, root):
    """The same bytes under the same names as a run that nobody disturbs."""
    calm = Place(root, place.pack)
    rounds, times = collections.defaultdict(list), collections.Counter()
    for name, content in sent:
        rounds[times[name]].append((name, content))
        times[name] += 1
    for number in sorted(rounds):
        for name, content in rounds[number]:
            put(calm, name, content)
        subprocess.run(calm.command("--once"), check=False, capture_output=True)
    problems = []
    for folders in (("done",), ("failed",), ("out", "fetched")):
        ours, theirs = place.contents(*folders), calm.contents(*folders)
        problems += [f"{folders[0]}: {name} differs from an undisturbed run" for name in sorted(ours.keys() | theirs.keys()) if ours.get(name) != theirs.get(name)]
    if place.hidden() != calm.hidden():
        problems.append(f"left behind: {place.hidden()}")
    return problems


def finds_fault(place, seed):
    """Whether answers are missed where inputs are moved before the answers are brought out."""
    sent, problems = kill_and_finish(place, place.faulty_command(), FAULTY_KILLS, ["moved"], seed)
    lost = [problem for problem in problems + check_counts(place, sent) if problem.startswith("lost: ") and problem.endswith("the answers")]
    print(f"planted fault: {FAULTY_KILLS} kills, {len(sent)} files, {len(lost)} answers lost", flush=True)
    return bool(lost)


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.SystemRandom().randrange(10**9)
    print(f"seed {seed}", flush=True)
    root = pathlib.Path(tempfile.mkdtemp(prefix="greenlane-test-"))
    try:
        pack_path = root / "pack.json"
        pack_path.write_text(json.dumps(pack([criterion("declaration.lrn.startsWith('hit')")])), "utf-8")
        begin = time.monotonic()
        place = Place(root / "killed", pack_path)
        sent, problems = kill_and_finish(place, place.command(), KILLS, ["any", "written", "brought out", "moved"], seed)
        problems += check_counts(place, sent) + check_contents(place, sent, root / "calm")
        print(f"{KILLS} kills, {place.interrupted} of them while answers were brought out; {len(sent)} files, "
              f"{len(problems)} problems, {time.monotonic() - begin:.0f} s", flush=True)
        for problem in problems[:20]:
            print(problem)
        if not finds_fault(Place(root / "faulty", pack_path), seed):
            problems.append("the planted fault was not found")
            print(problems[-1])
        print(f"{time.monotonic() - begin:.0f} s in all")
        sys.exit(1 if problems else 0)
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
