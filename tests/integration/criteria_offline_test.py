#!/usr/bin/python3
"""Criteria in one file for machines without a network; checkpoints that homes compare; homes that were put back."""
import io
import os
import random
import shutil
import signal
import subprocess
import tarfile
import time

from forger import Forger
from home_case import HomeCase, faked
from program import PROGRAM, declaration, greenlane, main

FLIPS = 3_000 if os.environ.get("GREENLANE_LONG") else 150


class Offline(HomeCase):
    def setUp(self):
        super().setUp()
        self.publish(1)
        self.publish(1, "second-pack")
        self.url = self.serve()
        self.init(self.url)
        self.updated()
        self.bundle = self.folder / "criteria.tar"
        run = self.home("criteria", "export", self.bundle)
        self.assertEqual(run.status, 0, run.err)
        # A machine that reaches nothing.
        self.init("https://127.0.0.1:1", "island")

    def imported(self, bundle=None, status=0, name="island", **more):
        result = self.document("criteria", "import", bundle or self.bundle, name=name, status=status, **more)
        if status in (0, 3, 4) and "packs" in result:
            return [f"{pack.get('id')}@{pack.get('revision')} {pack['outcome']}" for pack in result["packs"]]
        return result

    def test_a_bundle_of_a_trader_brings_the_criteria_along(self):
        self.assertEqual(self.imported(), ["second-pack@1 activated", "test-pack@1 activated"])
        assessment = self.document("screen", "--pack", "test-pack", self.hit, name="island", status=1, schema="assessment")
        self.assertEqual((assessment["pack"]["provenance"], assessment["pack"]["freshness"]), ("published", "fresh"))
        again = self.folder / "again.tar"
        self.assertEqual(self.home("criteria", "export", again, name="island").status, 0)
        self.assertEqual(again.read_bytes(), self.bundle.read_bytes())

    def test_a_bundle_of_customs_is_the_same_thing(self):
        bundle = self.folder / "customs.tar"
        run = self.authority.run("export", bundle)
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual(self.imported(bundle), ["second-pack@1 activated", "test-pack@1 activated"])

    def test_any_tar_program_can_make_one(self):
        bundle = self.folder / "made.tar"
        with tarfile.open(bundle, "w") as archive:
            for name in ("metadata", "targets", "log"):
                archive.add(self.authority.repo / name, name)
        self.assertEqual(self.imported(bundle), ["second-pack@1 activated", "test-pack@1 activated"])

    def test_one_pack_may_be_enough(self):
        self.assertEqual(self.home("criteria", "export", self.bundle, "--pack", "second-pack").status, 0)
        self.assertEqual(self.imported(status=5)["packs"][1]["outcome"], "missing")
        self.assertEqual(self.in_use(name="island"), ["second-pack@1"])
        self.assertEqual(self.home("criteria", "export", self.bundle, "--pack", "no-pack").status, 3)

    def test_an_expired_bundle_is_refused(self):
        error = self.imported(status=4, **faked("+2d"))
        self.assertError(error, code="not_trusted", says=("expired", "get a newer"))
        self.assertEqual(self.in_use(name="island"), [])

    def test_an_older_bundle_is_refused(self):
        self.publish(2)
        self.updated()
        newer = self.folder / "newer.tar"
        self.assertEqual(self.home("criteria", "export", newer).status, 0)
        self.assertEqual(self.imported(newer), ["second-pack@1 activated", "test-pack@2 activated"])
        self.assertError(self.imported(status=4), code="not_trusted")
        self.assertEqual(self.in_use(name="island"), ["second-pack@1", "test-pack@2"])

    def repacked(self, change):
        """The bundle with a changed list of entries."""
        with tarfile.open(self.bundle) as archive:
            entries = [(member, archive.extractfile(member).read()) for member in archive]
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for member, content in change(entries):
                member.size = len(content) if member.isreg() else 0
                archive.addfile(member, io.BytesIO(content))
        return self.write("changed.tar", out.getvalue())

    def test_a_bundle_with_links_or_strange_names_is_refused(self):
        def link(kind, name, target):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            return member

        for member, says in ((link(tarfile.SYMTYPE, "metadata/2.root.json", "/etc/passwd"), "no plain file"),
                             (link(tarfile.LNKTYPE, "metadata/2.root.json", "metadata/1.root.json"), "no plain file"),
                             (link(tarfile.FIFOTYPE, "metadata/2.root.json", ""), "no plain file"),
                             (tarfile.TarInfo("../escape"), "a name that no file of an authority has"),
                             (tarfile.TarInfo("/etc/cron.d/x"), "a name that no file of an authority has"),
                             (tarfile.TarInfo("targets/../../x"), "a name that no file of an authority has")):
            changed = self.repacked(lambda entries, one=member: [*entries, (one, b"")])
            self.assertError(self.imported(changed, status=3), code="invalid_document", says=says)
        twice = self.repacked(lambda entries: [*entries, entries[0]])
        self.assertError(self.imported(twice, status=3), says="twice")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir() if "escape" in path.name), [])

    def test_a_changed_pack_in_a_bundle_is_refused(self):
        def change(entries):
            return [(member, content.replace(b"'x'", b"'y'") if "targets/criteria/test-pack" in member.name else content) for member, content in entries]

        self.assertEqual(self.imported(self.repacked(change), status=4), ["second-pack@1 activated", "test-pack@1 refused"])
        self.assertEqual(self.in_use(name="island"), ["second-pack@1"])

    def test_flipped_bits_are_never_taken_for_criteria(self):
        whole, chance = self.bundle.read_bytes(), random.Random(5)
        self.assertEqual(self.imported(), ["second-pack@1 activated", "test-pack@1 activated"])
        shutil.copytree(self.folder / "island", self.folder / "kept")
        digests = {pack["id"]: pack["digest"] for pack in self.status(name="island")["packs"]}
        for _ in range(FLIPS):
            damaged = bytearray(whole)
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
            run = self.home("criteria", "import", self.write("damaged.tar", bytes(damaged)), name="island")
            self.assertIn(run.status, (0, 3, 4, 5), run.err)
            for pack in self.status(name="island")["packs"]:
                self.assertEqual(pack["digest"], digests[pack["id"]])

    def test_checkpoints_of_one_history_agree(self):
        mine = self.folder / "mine.checkpoint"
        self.assertEqual(self.home("criteria", "checkpoint", "-o", mine).status, 0)
        run = self.home("criteria", "compare", mine)
        self.assertEqual((run.status, run.out[:11]), (0, "one history"))
        self.imported()
        self.assertEqual(self.home("criteria", "compare", mine, name="island").status, 0)
        self.assertEqual(self.home("criteria", "compare", self.hit).status, 3)

    def test_two_histories_show_when_checkpoints_are_compared(self):
        fork = self.authority.copy("fork")
        Forger(self.authority).publish("test-pack", 2, b"{}")
        Forger(self.authority, fork).publish("test-pack", 2, b"[]")
        self.init(self.serve(fork), "deceived")
        self.updated(status=3)
        self.updated(status=3, name="deceived")
        theirs = self.folder / "theirs.checkpoint"
        self.assertEqual(self.home("criteria", "checkpoint", "-o", theirs, name="deceived").status, 0)
        run = self.home("criteria", "compare", theirs)
        self.assertEqual(run.status, 4, run.err)
        for part in ("two histories", "ours:", "theirs:", theirs.read_text("utf-8").split("\n")[2]):
            self.assertIn(part, run.err)
        # And once a home is moved from one to the other.
        home = self.kept("home.json", "deceived")
        self.write("deceived/home.json", {**home, "gateway": self.url})
        self.assertError(self.document("criteria", "update", name="deceived", status=4), code="not_trusted")

    def test_an_old_home_that_was_put_back_has_seen_less(self):
        shutil.copytree(self.folder / "home", self.folder / "old")
        self.publish(2)
        self.updated()
        mine = self.folder / "mine.checkpoint"
        self.home("criteria", "checkpoint", "-o", mine)
        self.assertEqual(self.in_use(name="old"), ["second-pack@1", "test-pack@1"])
        run = self.home("criteria", "compare", mine, name="old")
        self.assertEqual(run.status, 5, run.err)
        self.assertIn("has seen less", run.err)
        self.assertEqual(self.updated(name="old"), ["second-pack@1 unchanged", "test-pack@2 activated"])
        self.assertEqual(self.home("criteria", "compare", mine, name="old").status, 0)

    def test_a_folder_that_was_put_back_alone_is_noticed(self):
        shutil.copytree(self.folder / "home", self.folder / "old")
        self.publish(2)
        self.updated()
        for folder, screens in (("packs", False), ("trust", True), ("log", True)):
            shutil.copytree(self.folder / "home", self.folder / f"mixed-{folder}")
            shutil.rmtree(self.folder / f"mixed-{folder}" / folder)
            shutil.copytree(self.folder / "old" / folder, self.folder / f"mixed-{folder}" / folder)
            status = self.status(status=4, name=f"mixed-{folder}")
            self.assertIn("older copy", status["problems"][0]["message"])
            run = self.home("screen", "--pack", "test-pack", self.hit, name=f"mixed-{folder}")
            self.assertEqual(run.status, 1 if screens else 4, run.err)
            self.updated(name=f"mixed-{folder}")
            self.assertEqual(self.in_use(name=f"mixed-{folder}"), ["second-pack@1", "test-pack@2"])

    def test_a_changed_pack_file_is_named(self):
        path = self.folder / "home/packs/test-pack@1.json"
        path.write_bytes(path.read_bytes().replace(b"'x'", b"'y'"))
        error = self.document("screen", self.hit, status=4)
        self.assertError(error, code="not_trusted", says="test-pack revision 1")
        self.assertTrue(error["source"].endswith("packs/test-pack@1.json"))
        self.assertEqual(self.updated(), ["second-pack@1 unchanged", "test-pack@1 unchanged", "test-pack@1 restored"])
        self.assertEqual(self.home("screen", self.hit).status, 1)

    def test_two_updates_at_once_do_not_disturb_each_other(self):
        runs = [subprocess.Popen([PROGRAM, "--home", self.folder / "home", "--quiet", "criteria", "update"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(6)]
        ends = [(run.communicate()[1].decode(), run.returncode) for run in runs]
        self.assertTrue(all(status in (0, 5) for _, status in ends), ends)
        self.assertIn(0, [status for _, status in ends])
        self.assertTrue(all("another process" in text for text, status in ends if status == 5), ends)

    def test_a_hot_folder_follows_updates(self):
        for name in ("in", "out", "done", "failed"):
            (self.folder / name).mkdir()
        folders = [part for name in ("in", "out", "done", "failed") for part in (f"--{name}", self.folder / name)]
        process = subprocess.Popen([PROGRAM, "--home", self.folder / "home", "watch", *folders, "--interval", "0.05"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)

        def revision(name):
            self.write(f"in/.{name}", declaration(lrn="x")).rename(self.folder / "in" / name)
            end = time.monotonic() + 60
            while not (self.folder / f"out/Findings_{name}").exists():
                self.assertLess(time.monotonic(), end)
                time.sleep(0.02)
            return (self.folder / f"out/{name}.json").read_text().split('"id":"test-pack","revision":')[1][0]

        self.assertEqual(revision("a.json"), "1")
        self.publish(2)
        self.updated()
        time.sleep(1.5)
        self.assertEqual(revision("b.json"), "2")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(60), 0)


if __name__ == "__main__":
    main()
