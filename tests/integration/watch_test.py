#!/usr/bin/python3
"""The hot folder: a burst of files, senders that disturb it, a second watcher, what it prints and how it ends."""
import json
import os
import signal
import subprocess
import time

from program import PROGRAM, Case, criterion, declaration, greenlane, main, pack

BURST = 10_000 if os.environ.get("GREENLANE_LONG") else 1_000
FOLDERS = ("in", "out", "done", "failed")
PATIENCE = 120  # seconds, after which a test is given up


class Watch(Case):
    def setUp(self):
        super().setUp()
        self.pack = self.write("pack.json", pack([criterion("declaration.lrn == 'hit'")]))
        for name in FOLDERS:
            (self.folder / name).mkdir()

    def arguments(self, *more):
        folders = [part for name in FOLDERS for part in (f"--{name}", self.folder / name)]
        return ["watch", *folders, "--pack", self.pack, "--interval", "0.01", *more]

    def once(self, *more, options=(), **run):
        return greenlane(*options, *self.arguments("--once", *more), **run)

    def start(self, *options):
        process = subprocess.Popen([PROGRAM, *options, *self.arguments()], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.wait_for(lambda: self.status().get("process") == process.pid)
        return process

    def send(self, name, content):
        """Whole, in one step."""
        self.write(f"in/.{name}", content).rename(self.folder / "in" / name)

    def status(self):
        path = self.folder / "in" / ".greenlane-status.json"
        return json.loads(path.read_bytes()) if path.exists() else {}

    def names(self, folder):
        return sorted(name for name in os.listdir(self.folder / folder) if not name.startswith("."))

    def wait_for(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), end, self.status())
            time.sleep(0.005)

    def end(self, process):
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, err)
        return out, err

    def test_answers_a_burst_in_the_order_of_arrival(self):
        process = self.start("--format", "json")
        lines = []
        for number in range(BURST):
            # Names in another order than the arrivals, which are further apart than the clock of the file system ticks.
            self.send(f"{number * 7919 % BURST:05}.json", declaration(lrn="hit" if number % 10 == 0 else f"L-{number}"))
            if number % 100 == 99:
                time.sleep(0.02)
        for _ in range(BURST):
            lines.append(json.loads(process.stdout.readline()))
        self.end(process)
        place = {f"{number * 7919 % BURST:05}.json": number for number in range(BURST)}
        arrived = [place[line["name"]] for line in lines]
        self.assertEqual(sorted(arrived), list(range(BURST)))
        self.assertEqual([number // 100 for number in arrived], [number // 100 for number in range(BURST)])
        self.assertEqual(len(self.names("done")), BURST)
        self.assertEqual(len(self.names("out")), 3 * BURST)
        self.assertEqual(self.status()["answered"], {"no_findings": BURST * 9 // 10, "undecided": 0, "findings": BURST // 10, "failed": 0})
        self.assertValid("watch_result", lines[0])
        self.assertValid("watch_result", lines[-1])

    def test_takes_a_file_that_is_written_slowly_when_it_is_whole(self):
        text = json.dumps(declaration(lrn="hit"))
        process = self.start()
        with open(self.folder / "in" / "slow.json", "w", encoding="utf-8") as file:
            for at in range(0, len(text), 4):
                file.write(text[at:at + 4])
                file.flush()
                time.sleep(0.002)  # less than the interval
        self.wait_for(lambda: self.names("out"))
        self.end(process)
        self.assertIn("Findings_slow.json", self.names("out"))

    def test_writes_what_screen_prints(self):
        self.send("a.json", declaration(lrn="hit"))
        self.assertEqual(self.once().status, 1)
        plain = self.folder / "done" / "a.json"
        self.assertEqual((self.folder / "out" / "a.json.txt").read_text("utf-8"), greenlane("screen", "--pack", self.pack, plain).out)
        self.assertEqual((self.folder / "out" / "a.json.json").read_text("utf-8"), greenlane("--format", "json", "screen", "--pack", self.pack, plain).out)

    def test_tells_the_outcome_by_its_exit_status_where_it_runs_once(self):
        self.assertEqual(self.once().status, 0)
        self.send("a.json", declaration(lrn="clear"))
        self.assertEqual(self.once().status, 0)
        self.send("b.json", declaration(lrn="hit"))
        self.assertEqual(self.once("--fail-on", "never").status, 0)
        self.assertEqual(self.names("done"), ["a.json", "b.json"])
        self.send("c.json", "{")
        self.send("d.json", declaration(lrn="hit"))
        run = self.once()
        self.assertEqual(run.status, 3)
        self.assertIn("FINDINGS     d.json  findings 1, highest high", run.out)
        self.assertIn("2 answered, 1 with findings, 1 failed", run.err)

    def test_is_refused_to_a_second_watcher_of_the_same_folders(self):
        process = self.start()
        run = self.once()
        self.assertEqual(run.status, 5)
        self.assertIn(f"another watcher (process {process.pid}) uses the folder", run.err)
        self.assertError(self.once(options=("--format", "json")).documents()[0], code="io", says="another watcher")
        self.send("a.json", declaration(lrn="clear"))
        self.wait_for(lambda: self.names("done"))
        self.end(process)
        self.assertEqual(self.once().status, 0)

    def test_ends_with_what_is_wrong_about_its_arguments(self):
        self.assertEqual(greenlane("watch", "--in", self.folder / "in").status, 2)
        self.assertEqual(self.once("--interval", "0").status, 2)
        self.assertEqual(self.once("--input", "csv", "--mapping", self.folder / "nothing.json").status, 3)
        (self.folder / "failed").rmdir()
        run = self.once()
        self.assertEqual(run.status, 2)
        self.assertIn("there is no such folder", run.err)

    def test_gives_up_a_file_that_cannot_be_read_and_goes_on(self):
        # Without these rights root, too, has to keep to what files permit.
        bound = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
        self.send("a.json", declaration(lrn="hit"))
        (self.folder / "in" / "a.json").chmod(0)
        if subprocess.run([*bound, "cat", self.folder / "in" / "a.json"], capture_output=True, check=False).returncode == 0 or \
                subprocess.run([*bound, "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("what cannot be read can be read here")
        self.send("b.json", declaration(lrn="clear"))
        run = self.once("--tries", "3", before=bound)
        self.assertEqual(run.status, 3, run.err)
        self.assertEqual(self.names("failed"), ["a.json"])
        self.assertEqual(self.names("done"), ["b.json"])
        self.assertEqual(run.err.count("Permission denied"), 2, run.err)
        self.assertIn("try 2 of 3", run.err)
        answer = (self.folder / "out" / "Failed_a.json").read_text("utf-8")
        self.assertTrue(answer.startswith("GREENLANE RESULT 1 FAILED none 0 - a.json\n"), answer)
        self.assertIn("Permission denied", answer)

    def test_shows_its_status_to_those_who_look_after_it(self):
        process = self.start()
        self.assertEqual(self.status()["state"], "running")
        self.send("bad.json", "{")
        self.wait_for(lambda: self.status()["answered"]["failed"] == 1)
        self.end(process)
        status = self.status()
        self.assertValid("watch_status", status)
        self.assertEqual((status["state"], status["waiting"], status["last"]["name"]), ("stopped", 0, "bad.json"))

    def test_keeps_its_status_elsewhere_and_is_quiet_where_asked_to(self):
        self.send("a.json", declaration(lrn="clear"))
        run = self.once("--status", self.folder / "status.json", options=("--quiet",))
        self.assertEqual((run.status, run.out, run.err), (0, "", ""))
        self.assertValid("watch_status", json.loads((self.folder / "status.json").read_bytes()))
        self.assertFalse((self.folder / "in" / ".greenlane-status.json").exists())

    def test_speaks_chinese(self):
        self.send("a.json", declaration(lrn="hit"))
        run = self.once(options=("--lang", "zh"))
        self.assertIn("有命中  a.json  命中 1，最高等级 high", run.out)
        self.assertIn("汇总", (self.folder / "out" / "a.json.txt").read_text("utf-8"))


if __name__ == "__main__":
    main()
