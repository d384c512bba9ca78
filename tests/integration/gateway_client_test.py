#!/usr/bin/python3
"""The enterprise's side follows what the customs side releases: over TLS, by one file, through rotations and interruptions."""
import shutil

from gateway import GATEWAY, Authority, Case, gateway, sample_pack, served
from program import greenlane, main

CRASH_AT = GATEWAY.with_name("libgreenlane-crash-at.so")


class Following(Case):
    def setUp(self):
        super().setUp()
        self.authority = Authority(self.folder).start()
        self.tls = self.folder / "tls"
        self.assertEqual(gateway("tls", "new", self.tls).status, 0)
        self.url, _ = self.enterContext(served(self.authority.repo, self.tls, 300))
        self.home = self.init("home")

    def init(self, name, version=1):
        home = self.folder / name
        run = greenlane("--home", home, "init", "--gateway", self.url, "--root", self.authority.repo / f"metadata/{version}.root.json",
                        "--ca", self.tls / "ca.pem")
        self.assertEqual(run.status, 0, run.err)
        return home

    def release(self, *arguments, signers):
        run = self.authority.run(*arguments)
        self.assertEqual(run.status, 0, run.out + run.err)
        run = self.authority.sign(*signers)
        self.assertEqual(run.status, 0, run.out + run.err)
        self.assertIn("Released.", run.out)

    def publish(self, revision, signers=("targets1", "targets2")):
        self.release("publish", self.write(f"pack-{revision}.json", sample_pack(revision=revision)), signers=signers)

    def update(self, home=None, status=0):
        run = greenlane("--home", home or self.home, "criteria", "update")
        self.assertEqual(run.status, status, run.out + run.err)
        return run.out

    def test_new_revisions_come_into_use(self):
        self.update()
        for revision in (1, 2, 5):
            self.publish(revision)
            self.assertIn(f"activated  test-pack revision {revision}", self.update())
        self.assertIn("unchanged  test-pack revision 5", self.update())
        self.assertIn("test-pack revision 5", self.update(self.init("late")))

    def test_a_client_that_pinned_the_first_root_follows_all_rotations(self):
        authority = self.authority
        self.publish(1)
        self.update()
        for name in ("root4", "root5", "targets3", "timestamp2", "snapshot2", "log2"):
            authority.new_key(name)
        self.release("rotate", "root", "root1", authority.public("root4"), signers=("root1", "root2", "root4"))
        self.update()
        self.release("rotate", "timestamp", "timestamp", authority.key("timestamp2"), signers=("root2", "root3"))
        self.update()
        self.release("rotate", "snapshot", "snapshot", authority.key("snapshot2"), signers=("root2", "root3"))
        self.update()
        self.release("rotate", "targets", "targets1", authority.public("targets3"), signers=("root2", "root3", "targets2", "targets3"))
        self.update()
        self.release("rotate", "checkpoint", "log", authority.key("log2"), "--overlap", 0, signers=("targets2", "targets3"))
        self.update()
        self.release("rotate", "root", "root2", authority.public("root5"), signers=("root2", "root3", "root5"))
        self.publish(2, signers=("targets2", "targets3"))
        self.assertIn("activated  test-pack revision 2", self.update())
        # One that was away for all of it, and one that begins now.
        self.assertIn("activated  test-pack revision 2", self.update(self.init("away")))
        self.assertIn("activated  test-pack revision 2", self.update(self.init("new", version=6)))

    def test_a_stolen_key_of_each_kind_is_replaced(self):
        authority = self.authority
        self.publish(1)
        self.update()
        for name in ("targets3", "timestamp2", "log2"):
            authority.new_key(name)
        for arguments in (["add-key", "timestamp", authority.key("timestamp2")], ["revoke", "timestamp"],
                          ["add-key", "targets", authority.public("targets3")],
                          ["revoke", "targets1"], ["add-key", "checkpoint", authority.key("log2"), "--owner", "customs.example"],
                          ["revoke", "log", "--compromised-at", "2026-01-01T00:00:00Z"]):
            self.assertEqual(authority.run(*arguments).status, 0, arguments)
        self.release("publish", self.write("pack-2.json", sample_pack(revision=2)), signers=("root1", "root2", "targets2", "targets3"))
        self.assertIn("activated  test-pack revision 2", self.update())
        self.assertIn("activated  test-pack revision 2", self.update(self.init("new", version=2)))

    def test_one_file_for_machines_without_a_network(self):
        self.publish(1)
        bundle = self.folder / "bundle.tar"
        self.assertEqual(self.authority.run("export", bundle).status, 0)
        run = greenlane("--home", self.home, "criteria", "import", bundle)
        self.assertEqual(run.status, 0, run.out + run.err)
        self.assertIn("activated  test-pack revision 1", run.out)
        data = bytearray(bundle.read_bytes())
        place = data.find(b'"lrn"')
        data[place + 1] ^= 1
        run = greenlane("--home", self.init("other"), "criteria", "import", self.write("forged.tar", bytes(data)))
        self.assertEqual(run.status, 4, run.out + run.err)

    def test_an_interrupted_release_is_not_seen(self):
        authority = self.authority
        self.publish(1)
        self.update()
        for name in ("root4", "targets3", "timestamp2"):
            authority.new_key(name)
        for arguments in (["rotate", "root", "root1", authority.public("root4")],
                          ["rotate", "targets", "targets1", authority.public("targets3")],
                          ["rotate", "timestamp", "timestamp", authority.key("timestamp2")],
                          ["publish", self.write("pack-2.json", sample_pack(revision=2))]):
            self.assertEqual(authority.run(*arguments).status, 0, arguments)
        before, seen = authority.copy("before"), set()
        for number in range(10, 100, 9):
            shutil.rmtree(authority.repo)
            shutil.copytree(before, authority.repo)
            home = self.folder / f"home-{number}"
            shutil.copytree(self.home, home)
            authority.sign("root1", "root2", "root4", "targets2", "targets3",
                           extra={"LD_PRELOAD": str(CRASH_AT), "CRASH_AT": str(number)})
            out = self.update(home)
            seen.add("activated" in out)
            self.assertIn("test-pack revision 2" if "activated" in out else "test-pack revision 1", out)
        self.assertEqual(seen, {False, True})


if __name__ == "__main__":
    main()
