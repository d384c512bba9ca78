#!/usr/bin/python3
"""The exit status of the commands, and what they print where."""
import subprocess

from program import PROGRAM, Case, criterion, declaration, greenlane, main, pack


class ExitStatus(Case):
    def setUp(self):
        super().setUp()
        self.pack = self.write("pack.json", pack([
            criterion("declaration.lrn == 'low'", id="T.LOW", level="low"),
            criterion("declaration.lrn == 'medium'", id="T.MEDIUM", level="medium"),
            criterion("declaration.lrn == 'high'", id="T.HIGH", level="high"),
        ]))
        self.inputs = {name: self.write(f"{name}.json", declaration(lrn=name)) for name in ("none", "low", "medium", "high")}

    def screen(self, *arguments):
        return greenlane("screen", "--pack", self.pack, *arguments).status

    def test_is_one_for_findings_at_or_above_the_threshold(self):
        statuses = {}
        for threshold in ("low", "medium", "high", "never"):
            statuses[threshold] = [self.screen("--fail-on", threshold, path) for path in self.inputs.values()]
        self.assertEqual(statuses, {"low": [0, 1, 1, 1], "medium": [0, 0, 1, 1], "high": [0, 0, 0, 1], "never": [0, 0, 0, 0]})

    def test_is_by_default_one_for_high_findings_only(self):
        self.assertEqual([self.screen(path) for path in self.inputs.values()], [0, 0, 0, 1])

    def test_is_two_for_wrong_usage(self):
        file = self.inputs["none"]
        for arguments in (
            [], ["nothing"], ["screen"], ["screen", file], ["screen", "--pack", self.pack],
            ["screen", "--pack", self.pack, "--jobs", "0", file], ["screen", "--pack", self.pack, "--jobs", "many", file],
            ["screen", "--pack", self.pack, "--fail-on", "always", file], ["screen", "--pack", self.pack, "--input", "yaml", file],
            ["screen", "--pack", self.pack, "--as-of", "29.6.2025", file], ["screen", "--pack", self.pack, "--as-of", "2025-02-30", file],
            ["screen", "--pack", self.pack, "--unknown", file], ["--format", "xml", "screen", "--pack", self.pack, file],
            ["screen", "--pack", self.pack, "--input", "csv", file], ["pack"], ["pack", "build"],
            ["explain", "--pack", self.pack, file], ["--lang", "fr", "screen", "--pack", self.pack, file],
        ):
            run = greenlane(*arguments)
            self.assertEqual(run.status, 2, (arguments, run.err))
            self.assertNotEqual(run.err, "", arguments)

    def test_is_three_for_bad_input(self):
        bad = self.write("bad.json", "{")
        self.assertEqual(self.screen(bad), 3)
        self.assertEqual(self.screen(self.folder / "nothing.json"), 3)
        self.assertEqual(greenlane("screen", "--pack", bad, self.inputs["none"]).status, 3)
        self.assertEqual(greenlane("screen", "--pack", self.folder / "nothing", self.inputs["none"]).status, 3)
        self.assertEqual(greenlane("explain", "--pack", self.pack, "--criterion", "T.HIGH", bad).status, 3)
        self.assertEqual(greenlane("pack", "lint", bad).status, 3)

    def test_is_three_also_where_there_are_findings(self):
        self.assertEqual(self.screen(self.inputs["high"], self.write("bad.json", "{")), 3)

    def test_is_zero_for_help_and_version(self):
        for arguments in (["--help"], ["--version"], ["screen", "--help"], ["pack", "build", "--help"]):
            run = greenlane(*arguments)
            self.assertEqual((run.status, run.err), (0, ""), arguments)
            self.assertNotEqual(run.out, "")

    def test_comes_with_a_document_on_stdout_where_json_is_asked_for(self):
        for arguments, status in (
            (["screen", "--pack", self.folder / "nothing", self.inputs["none"]], 3), (["screen", self.inputs["none"]], 2),
            (["explain", "--pack", self.pack, "--criterion", "T.HGIH", self.inputs["none"]], None),
            (["pack", "test", self.folder / "nothing"], 3), (["pack", "build", self.folder / "nothing"], 3), (["pack", "show", self.folder / "nothing"], 3),
        ):
            run = greenlane("--format", "json", *arguments)
            if status is not None:
                self.assertEqual(run.status, status, arguments)
            self.assertNotEqual(run.status, 0)
            self.assertEqual(len(run.documents()), 1, run.out)
            self.assertError(run.documents()[0])

    def test_is_not_changed_by_quiet(self):
        for path in self.inputs.values():
            self.assertEqual(greenlane("--quiet", "screen", "--pack", self.pack, path).status, self.screen(path))

    def test_is_three_for_an_output_that_cannot_be_written(self):
        run = greenlane("pack", "build", self.pack, "-o", self.folder / "no" / "such" / "folder.json")
        self.assertEqual(run.status, 3)
        with open("/dev/full", "wb") as full:
            made = subprocess.run([PROGRAM, "--format", "json", "screen", "--pack", self.pack, *self.inputs.values()], stdout=full, stderr=subprocess.PIPE)
        self.assertNotIn(made.returncode, (0, 1), "output that was lost must not look like success")


if __name__ == "__main__":
    main()
