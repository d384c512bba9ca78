#!/usr/bin/python3
"""greenlane-gateway: how a repository is made, signed, released and kept, checked by a verifier of its own."""
import datetime
import hashlib
import json
import os
import pty
import stat
import subprocess
import tarfile

from gateway import GATEWAY, ORIGIN, Authority, Case, environment, gateway, sample_pack
from program import main
from repository_verifier import Refused, verify

FAR = "2036-01-01T00:00:00Z"


def at(moment):
    """Runs a command at another time."""
    return ("faketime", "-f", f"@{moment.strftime('%Y-%m-%d %H:%M:%S')}")


class GatewayCase(Case):
    def setUp(self):
        super().setUp()
        self.authority = Authority(self.folder)

    def ok(self, run, says=()):
        self.assertEqual(run.status, 0, run.out + run.err)
        for text in [says] if isinstance(says, str) else says:
            self.assertIn(text, run.out)
        return run

    def refused(self, run, status, says):
        self.assertEqual(run.status, status, run.out + run.err)
        for text in [says] if isinstance(says, str) else says:
            self.assertIn(text, run.err)
        return run

    def write_pack(self, **members):
        return self.write_pack_folder(f"pack-{len(list(self.folder.iterdir()))}", sample_pack(**members))

    def publish(self, **members):
        return self.authority.run("publish", self.write_pack(**members), *self.authority.signing("targets1", "targets2"))


class Keys(GatewayCase):
    def test_a_private_key_is_its_owners_alone_and_never_overwritten(self):
        for algorithm in ("ed25519", "ecdsa_p256_sha256", "sm2_sm3"):
            key = self.authority.new_key(f"new-{algorithm}", algorithm)
            self.assertEqual(stat.S_IMODE(os.stat(key).st_mode), 0o600)
            shown = self.ok(gateway("key", "show", key), algorithm)
            self.assertEqual(self.ok(gateway("key", "show", f"{key}.pub")).out, shown.out)
            before = key.read_bytes()
            self.refused(gateway("key", "new", key), 2, "never overwritten")
            self.assertEqual(key.read_bytes(), before)

    def test_a_private_key_that_others_may_read_is_not_used(self):
        self.authority.start()
        os.chmod(self.authority.key("timestamp"), 0o640)
        self.refused(self.authority.run("refresh"), 3, ["timestamp", "0640", "chmod 600"])

    def test_wrong_files_are_named(self):
        self.refused(gateway("key", "show", self.write("key", "no key")), 3, "key")
        self.refused(gateway("key", "show", self.folder / "nothing"), 3, "no such file")
        self.refused(gateway("key", "new", self.folder / "k", "--algorithm", "rsa"), 2, "")


class Making(GatewayCase):
    def test_nothing_is_released_before_both_thresholds_are_met(self):
        authority = self.authority
        self.ok(authority.init(),
                ["root: 2 signatures of root1", "Waits for 2 more of the holders of the root",
                 "Waits for 2 more of the holders of the targets"])
        for names in (["root1"], ["targets1", "targets2"]):
            run = self.ok(authority.sign(*names), "Waits for 1 more of the holders of the root")
            self.assertNotIn("Released.", run.out)
            self.assertFalse((authority.repo / "metadata").exists())
            self.assertFalse((authority.repo / "log").exists())
        self.ok(authority.sign("root1"), "Waits for 1 more")  # the same holder again counts once
        self.ok(authority.sign("root3"), "Released.")
        found = verify(authority.repo)
        self.assertEqual(found["versions"], {"root": 1, "timestamp": 1, "snapshot": 1, "targets": 1})
        self.assertEqual([one["path"] for one in found["log"]], ["trust/keys.json"])
        self.assertEqual(found["keys"]["log_origin"], ORIGIN)

    def test_keys_of_every_algorithm_sign(self):
        mixed = {"root1": "ecdsa_p256_sha256", "targets2": "ecdsa_p256_sha256", "timestamp": "ecdsa_p256_sha256",
                 "log": "ecdsa_p256_sha256"}
        authority = Authority(self.folder / "mixed", mixed).start()
        verify(authority.repo)
        # python3-cryptography knows no SM2: the program's own client has followed it before it was released.
        sm2 = dict.fromkeys(Authority.HOLDERS + Authority.MACHINES, "sm2_sm3")
        authority = Authority(self.folder / "sm2", sm2).start()
        root = json.loads(authority.first_root())
        self.assertEqual({(key["keytype"], key["scheme"], key["keyval"]["user_id"]) for key in root["signed"]["keys"].values()},
                         {("sm2", "sm2-sm3", "1234567812345678")})

    def test_dates_are_those_that_were_asked_for(self):
        authority = self.authority
        self.ok(authority.init("--root-lifetime", "100d", "--targets-lifetime", "50h", "--snapshot-lifetime", "90m",
                               "--timestamp-lifetime", "600s",
                               sign=("root1", "root2", "targets1", "targets2")), "Released.")
        now = datetime.datetime.utcnow()
        for role, seconds in {"root": 100 * 86_400, "targets": 50 * 3_600, "snapshot": 5_400, "timestamp": 600}.items():
            expires = verify(authority.repo)["documents"][role]["signed"]["expires"]
            left = (datetime.datetime.strptime(expires, "%Y-%m-%dT%H:%M:%SZ") - now).total_seconds()
            self.assertLess(abs(left - seconds), 60, role)

    def test_default_dates(self):
        now = datetime.datetime.utcnow()
        documents = verify(self.authority.start().repo)["documents"]
        for role, hours in {"root": 365 * 24, "targets": 30 * 24, "snapshot": 7 * 24, "timestamp": 24}.items():
            left = (datetime.datetime.strptime(documents[role]["signed"]["expires"], "%Y-%m-%dT%H:%M:%SZ") - now).total_seconds()
            self.assertLess(abs(left - hours * 3_600), 60, role)

    def test_wrong_uses_leave_nothing_behind(self):
        authority = self.authority
        self.refused(authority.run("init"), 2, "")
        self.refused(authority.run("status"), 3, "no repository")
        bad = [["--root-threshold", 4], ["--targets-threshold", 3], ["--root-threshold", 0], ["--root-key", authority.key("root1")],
               ["--root-key", self.folder / "none"], ["--targets-key", authority.key("log")],
               ["--snapshot-key", authority.public("snapshot")], ["--log-origin", "with blank"], ["--root-lifetime", "1y"],
               ["--root-lifetime", "0d"], ["--timestamp-lifetime", "99999999999999999999d"]]
        for number, words in enumerate(bad):
            options = {"--root-key": authority.public("root1"), "--targets-key": authority.public("targets1"),
                       "--snapshot-key": authority.key("snapshot"), "--timestamp-key": authority.key("timestamp"),
                       "--log-key": authority.key("log"), "--log-origin": ORIGIN, words[0]: words[1]}
            folder = self.folder / f"bad-{number}"
            run = gateway("repo", "--repo", folder, "init", *(part for option in options.items() for part in option))
            self.assertIn(run.status, (2, 3), f"{words}: {run.out}{run.err}")
            self.assertNotEqual(run.err, "")
            self.assertFalse(folder.exists(), words)
        authority.start()
        self.refused(authority.init(), 2, "repository already")
        authority.repo = self.folder / "keys"
        self.refused(authority.init(), 2, "not empty")


class Publishing(GatewayCase):
    def test_revisions_are_listed_side_by_side(self):
        authority = self.authority.start()
        self.ok(self.publish(), ["publishes test-pack revision 1: 1 criteria", "Released."])
        self.ok(self.publish(revision=2, criteria=2),
                ["publishes test-pack revision 2: 2 criteria", "compared to criteria/test-pack/1.json:", "added T.N1@1", "Released."])
        found = verify(authority.repo)
        self.assertEqual(found["versions"], {"root": 1, "timestamp": 3, "snapshot": 3, "targets": 3})
        self.assertEqual(sorted(found["targets"]), ["criteria/test-pack/1.json", "criteria/test-pack/2.json", "trust/keys.json"])
        self.assertEqual(found["targets"]["criteria/test-pack/2.json"]["custom"], {"pack": "test-pack", "revision": 2})
        self.assertEqual([one["path"] for one in found["log"]],
                         ["trust/keys.json", "criteria/test-pack/1.json", "criteria/test-pack/2.json"])

    def test_a_built_pack_and_its_folder_are_the_same(self):
        self.authority.start()
        self.ok(self.publish(), "Released.")
        target = verify(self.authority.repo)["targets"]["criteria/test-pack/1.json"]
        built = next((self.authority.repo / "targets/criteria/test-pack").iterdir())
        self.assertEqual(hashlib.sha256(built.read_bytes()).hexdigest(), target["hashes"]["sha256"])
        before = self.authority.state()
        self.ok(self.authority.run("publish", built), ["published already", "nothing has changed"])
        self.assertEqual(self.authority.state(), before)

    def test_a_revision_never_gets_other_bytes(self):
        self.authority.start()
        self.ok(self.publish(), "Released.")
        before = self.authority.state()
        self.refused(self.publish(criteria=2), 2, ["revision 1 of test-pack is published with other bytes", "new revision"])
        self.assertEqual(self.authority.state(), before)

    def test_packs_that_do_not_hold_are_not_published(self):
        self.authority.start()
        before = self.authority.state()
        bad = sample_pack()
        bad["criteria"][0]["tests"][0]["expect"] = "clear"
        self.refused(self.authority.run("publish", self.write_pack_folder("failing", bad)), 3, "expects clear but gives hit")
        self.refused(self.authority.run("publish", self.folder / "none"), 3, "none")
        self.refused(self.authority.run("publish", self.write("bad.json", "{")), 3, "JSON")
        self.refused(self.authority.run("publish"), 2, "")
        self.assertEqual(self.authority.state(), before)

    def test_a_change_that_grows_needs_its_signatures_again(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack(), *authority.signing("targets1")),
                "Waits for 1 more of the holders of the targets")
        self.ok(authority.run("publish", self.write_pack(pack_id="other")), ["no longer hold", "Waits for 2 more"])
        self.ok(authority.sign("targets2"), ["publishes test-pack", "publishes other", "Waits for 1 more"])
        self.ok(authority.sign("targets1"), "Released.")
        self.assertEqual(len(verify(authority.repo)["targets"]), 3)

    def test_a_staged_change_can_be_dropped(self):
        authority = self.authority.start()
        before = authority.state()
        self.ok(authority.run("publish", self.write_pack()), "Waits for 2")
        self.assertNotEqual(authority.state(), before)
        self.ok(authority.run("discard"))
        self.assertEqual(authority.state(), before)
        self.refused(authority.sign("targets1"), 2, "nothing is staged")

    def test_many_releases_fill_more_than_one_bundle_of_the_log(self):
        authority = self.authority.start()
        for first in range(0, 300, 100):
            packs = [self.write_pack(pack_id=f"p{first + number}") for number in range(100)]
            self.ok(authority.run("publish", *packs, *authority.signing("targets1", "targets2")), "Released.")
        self.assertEqual(len(verify(authority.repo)["log"]), 301)
        self.assertTrue((authority.repo / "log/tile/entries/000").exists())
        self.assertTrue((authority.repo / "log/tile/1/000.p/1").exists())


class Holders(GatewayCase):
    def test_two_holders_sign_two_copies_of_the_folder(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        copies = [authority.copy(f"copy{number}") for number in (1, 2)]
        for copy, holder in zip(copies, ("targets1", "targets2")):
            self.ok(authority.sign(holder, repo=copy), f"{holder} (")
        self.ok(authority.run("collect", copies[0]), ["Took over the signature of targets1", "Waits for 1 more"])
        self.ok(authority.run("collect", copies[0]), "No new signatures")
        self.ok(authority.run("collect", copies[1]), ["Took over the signature of targets2", "Released."])
        verify(authority.repo)
        self.refused(authority.run("collect", copies[0]), 2, "nothing is staged")

    def test_a_machine_without_the_online_keys_signs_and_does_not_release(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack(), *authority.signing("targets1")))
        away = authority.copy("away")
        settings = json.loads((away / "authority.json").read_text())
        settings["online_keys"] = [name + ".elsewhere" for name in settings["online_keys"]]
        (away / "authority.json").write_text(json.dumps(settings))
        before = (away / "metadata/timestamp.json").read_bytes()
        run = authority.sign("targets2", repo=away)
        self.ok(run, ["targets2", "All have signed", "repo collect"])
        self.assertEqual((away / "metadata/timestamp.json").read_bytes(), before)
        self.ok(authority.run("collect", away), "Released.")

    def test_signatures_of_another_change_are_not_taken(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        copy = authority.copy("copy")
        self.ok(authority.sign("targets1", repo=copy))
        self.ok(authority.run("publish", self.write_pack(pack_id="other")))
        self.refused(authority.run("collect", copy), 4, "another change is staged there")

    def test_forged_signatures_are_not_taken(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        copy = authority.copy("copy")
        self.ok(authority.sign("targets1", repo=copy))
        path = copy / "staged/targets.json"
        document = json.loads(path.read_text())
        signature = document["signatures"][0]
        root = json.loads(authority.first_root())
        for key_id in root["signed"]["roles"]["targets"]["keyids"]:
            if key_id != signature["keyid"]:
                document["signatures"].append({"keyid": key_id, "sig": signature["sig"]})
        document["signatures"].append({"keyid": "0" * 64, "sig": "00"})
        path.write_text(json.dumps(document))
        run = self.ok(authority.run("collect", copy), "Waits for 1 more")
        self.assertEqual(run.out.count("Took over"), 1)

    def test_who_has_nothing_to_sign_is_told(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        for stranger in ("root1", "timestamp"):
            self.refused(authority.sign(stranger), 2, "nothing of the staged change is signed with this key")

    def test_a_file_that_was_swapped_after_staging_is_not_signed(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        path = authority.repo / "staged/targets/criteria/test-pack/1.json"
        path.write_bytes(path.read_bytes().replace(b"It hit", b"It Hit"))
        self.refused(authority.sign("targets1"), 4, "staged/targets/criteria/test-pack/1.json")

    def test_a_pack_under_the_name_of_another_is_not_signed(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack(revision=7)))
        path = authority.repo / "staged/targets.json"
        path.write_text(path.read_text().replace("criteria/test-pack/7.json", "criteria/test-pack/8.json"))
        (authority.repo / "staged/targets/criteria/test-pack/7.json").rename(authority.repo / "staged/targets/criteria/test-pack/8.json")
        self.refused(authority.sign("targets1"), 4, "not the pack and the revision that its path")

    def test_what_was_shown_is_what_is_signed(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack(pack_id="shown")))
        path = authority.repo / "staged/targets.json"
        shown = json.loads(path.read_text())
        asked, answer = pty.openpty()
        with subprocess.Popen([str(GATEWAY), "repo", "sign", "--repo", authority.repo, "--key", authority.key("targets1")], stdin=answer,
                              stdout=subprocess.PIPE, env=environment()) as process:
            out = b""
            while not out.endswith(b"[y/N] "):
                piece = process.stdout.read1()
                self.assertTrue(piece, out)
                out += piece
            # Somebody changes the files while the holder thinks.
            path.write_text(json.dumps(shown).replace('"shown"', '"other"').replace("/shown/", "/other/"))
            os.write(asked, b"y\n")
            out += process.stdout.read()
        os.close(asked)
        os.close(answer)
        self.assertEqual(process.returncode, 0, out)
        signed = json.loads(path.read_text())
        self.assertEqual((signed["signed"], len(signed["signatures"])), (shown["signed"], 1))

    def test_a_holder_who_says_no_signs_nothing(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        before = authority.state()
        for word in (b"n\n", b"\n", b"maybe\n"):
            asked, answer = pty.openpty()
            os.write(asked, word)
            command = [str(GATEWAY), "repo", "sign", "--repo", authority.repo, "--key", authority.key("targets1")]
            done = subprocess.run(command, stdin=answer, capture_output=True, env=environment(), timeout=60)
            os.close(asked)
            os.close(answer)
            self.assertIn(b"Not signed.", done.stdout)
            self.assertEqual(authority.state(), before)

    def test_names_cannot_paint_over_what_is_shown(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        settings = json.loads((authority.repo / "authority.json").read_text())
        settings["names"] = {key: "\x1b[2J\n" + name for key, name in settings["names"].items()}
        (authority.repo / "authority.json").write_text(json.dumps(settings))
        document = json.loads((authority.repo / "staged/targets.json").read_text())
        target = document["signed"]["targets"].pop("criteria/test-pack/1.json")
        painted = "other/\x1b[1A\rnothing is published"
        document["signed"]["targets"][painted] = target
        (authority.repo / "staged/targets.json").write_text(json.dumps(document))
        (authority.repo / "staged/targets/other").mkdir()
        (authority.repo / "staged/targets/criteria/test-pack/1.json").rename(authority.repo / "staged/targets" / painted)
        for run in (self.ok(authority.run("status")), self.ok(authority.sign("targets1"))):
            self.assertNotIn("\x1b", run.out)
            self.assertNotIn("\r", run.out)
            self.assertIn(r"other/\x1b[1A\x0dnothing is published", run.out)

    def test_a_path_does_not_lead_out_of_the_folder(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        path = authority.repo / "staged/targets.json"
        staged = path.read_text()
        for bad in ("../../outside", "/etc/passwd", "a//b", "a/./b", "a/.."):
            path.write_text(staged.replace("criteria/test-pack/1.json", bad))
            self.refused(authority.sign("targets1"), 4, "staged/targets.json")

    def test_a_holder_who_keeps_a_root_notices_another_repository(self):
        authority = self.authority.start()
        kept = self.write("kept.json", authority.first_root())
        # Somebody else's repository, with the same holders of the targets.
        forger = Authority(self.folder / "forger")
        for name in ("targets1", "targets2"):
            forger.public(name).write_bytes(authority.public(name).read_bytes())
        self.ok(forger.init(sign=("root1", "root2")))
        for name in ("targets1", "targets2"):
            self.ok(gateway("repo", "sign", "--repo", forger.repo, "--key", authority.key(name)))
        self.ok(forger.run("publish", self.write_pack()))
        self.refused(gateway("repo", "sign", "--repo", forger.repo, "--key", authority.key("targets1"), "--root", kept), 4,
                     "not one of this repository")
        self.ok(authority.run("publish", self.write_pack(pack_id="mine")))
        self.ok(gateway("repo", "sign", "--repo", authority.repo, "--key", authority.key("targets1"), "--root", kept))

    def test_a_released_state_that_was_forged_is_not_built_upon(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        path = authority.repo / "metadata/1.targets.json"
        path.write_text(path.read_text().replace('"length": ', '"length": 1'))
        self.refused(authority.sign("targets1"), 4, "the released targets are not signed by their holders")


class Tokens(GatewayCase):
    MODULE = "/usr/lib/softhsm/libsofthsm2.so"

    def setUp(self):
        super().setUp()
        (self.folder / "tokens").mkdir()
        settings = self.write("softhsm2.conf",
                              f"directories.tokendir = {self.folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
        self.variables = {"SOFTHSM2_CONF": str(settings)}
        self.pin = self.write("pin", "1234\n")
        self.pin.chmod(0o600)
        for command in (["softhsm2-util", "--init-token", "--free", "--label", "holders", "--so-pin", "87654321", "--pin", "1234"],
                        ["pkcs11-tool", "--module", self.MODULE, "--token-label", "holders", "--login", "--pin", "1234", "--keypairgen",
                         "--key-type", "EC:prime256v1", "--label", "root-d", "--id", "01"]):
            subprocess.run(command, check=True, capture_output=True, env={**os.environ, **self.variables})

    def options(self, label="root-d", pin=None):
        return ["--pkcs11", self.MODULE, "--token", "holders", "--label", label, "--pin-file", pin or self.pin]

    def test_a_holder_signs_with_a_key_that_never_leaves_its_token(self):
        authority = self.authority.start()
        public = self.folder / "root-d.pub"
        self.ok(gateway("key", "token", public, *self.options(), extra=self.variables), "ecdsa_p256_sha256")
        self.ok(authority.run("rotate", "targets", "targets1", public))
        self.ok(authority.sign("root1", "root2", "targets2"), "Waits for 1 more of the holders of the targets")
        self.ok(authority.run("sign", *self.options(), extra=self.variables), ["root-d (", "Released."])
        verify(authority.repo)

    def test_what_is_wrong_is_said(self):
        authority = self.authority.start()
        self.ok(authority.run("renew", "targets"))
        self.refused(authority.run("sign", *self.options("nobody"), extra=self.variables), 3, "no private key of that label")
        self.refused(authority.run("sign", *self.options(), extra=self.variables), 2, "nothing of the staged change")
        wrong = self.write("wrong", "9999")
        wrong.chmod(0o600)
        self.refused(authority.run("sign", *self.options(pin=wrong), extra=self.variables), 3, "PIN")
        self.refused(authority.run("sign", *self.options()[:-2], extra=self.variables), 2, "--pin-file")
        self.refused(authority.run("sign", "--pkcs11", self.MODULE, extra=self.variables), 2, "--token LABEL")
        self.refused(authority.run("sign"), 2, "")
        self.refused(gateway("key", "token", authority.public("root1"), *self.options(), extra=self.variables), 2, "never overwritten")


class Roots(GatewayCase):
    def test_a_chain_of_roots_is_signed_by_those_before_and_after(self):
        authority = self.authority.start()
        pinned = authority.first_root()
        authority.new_key("root4")
        self.ok(authority.run("rotate", "root", "root1", authority.public("root4"), *authority.signing("root4", "root2")),
                ["root: adds root4", "root: removes root1", "Waits for 1 more of the holders of the root before the change"])
        self.ok(authority.sign("root3"), "Released.")
        self.ok(authority.run("threshold", "root", 3, *authority.signing("root2", "root3")),
                ["root: 3 signatures instead of 2", "Waits for 1 more of the holders of the root after the change"])
        self.ok(authority.sign("root4"), "Released.")
        self.ok(authority.run("renew", "root", *authority.signing("root2", "root3", "root4")), "Released.")
        self.assertEqual(verify(authority.repo, pinned)["versions"]["root"], 4)

    def test_new_holders_of_the_targets_sign_them_anew_in_the_same_step(self):
        authority = self.authority.start()
        self.ok(self.publish(), "Released.")
        authority.new_key("targets3")
        self.ok(authority.run("rotate", "targets", "targets1", authority.public("targets3"), *authority.signing("root1", "root2")),
                ["Waits for 2 more of the holders of the targets"])
        self.refused(authority.sign("targets1"), 2, "nothing of the staged change")
        self.ok(authority.sign("targets2", "targets3"), "Released.")
        self.assertEqual(verify(authority.repo)["versions"], {"root": 2, "timestamp": 3, "snapshot": 3, "targets": 3})

    def test_machine_keys_are_rotated(self):
        authority = self.authority.start()
        for role in ("snapshot", "timestamp"):
            authority.new_key(f"{role}-new")
            self.ok(authority.run("rotate", role, role, authority.key(f"{role}-new"), *authority.signing("root1", "root2")), "Released.")
        authority.new_key("log-new")
        self.ok(authority.run("rotate", "checkpoint", "log", authority.key("log-new"), *authority.signing("targets1", "targets2")),
                "Released.")
        for name in ("snapshot", "timestamp"):
            authority.key(name).unlink()
        self.ok(authority.run("refresh"))
        self.ok(self.publish(), "Released.")
        verify(authority.repo)

    def test_revoked_holders_are_gone(self):
        authority = self.authority.start()
        self.ok(authority.run("revoke", "root3", *authority.signing("root1", "root2")), ["root: removes root3", "Released."])
        self.refused(authority.run("revoke", "root2"), 2, "would have 1 keys and need 2 signatures")
        self.refused(authority.run("revoke", "root1", "--compromised-at", FAR), 2, "for keys of messages")
        self.refused(authority.run("revoke", "nobody"), 3, "no role and no list has this key")
        root = verify(authority.repo)["documents"]["root"]["signed"]
        self.assertEqual(len(root["roles"]["root"]["keyids"]), 2)
        self.assertEqual(len(root["keys"]), 6)

    def test_a_stolen_holders_key_is_replaced_in_one_change(self):
        authority = self.authority.start()
        authority.new_key("targets3")
        self.ok(authority.run("add-key", "targets", authority.public("targets3")))
        self.ok(authority.run("revoke", "targets1"), ["targets: adds targets3", "targets: removes targets1"])
        self.ok(authority.sign("root1", "root2", "targets2", "targets3"), "Released.")
        self.assertEqual(verify(authority.repo)["versions"]["root"], 2)

    def test_wrong_uses(self):
        authority = self.authority.start()
        authority.new_key("more")
        self.refused(authority.run("add-key", "timestamp", authority.public("more"), "--threshold", 2), 2, "its threshold is 1")
        self.refused(authority.run("add-key", "nothing", authority.public("more")), 2, "neither a role")
        self.refused(authority.run("add-key", "root", authority.key("more")), 3, "this is a private key")
        self.refused(authority.run("add-key", "root", authority.public("more"), "--threshold", 9), 2,
                     "would have 4 keys and need 9 signatures")
        self.refused(authority.run("rotate", "root", "targets1", authority.public("more")), 2, "does not sign the root")
        self.refused(authority.run("rotate", "receipt", "root1", authority.public("more")), 2, "not among the keys of messages")
        many = [authority.new_key(f"many{number}").with_suffix(".pub") for number in range(30)]
        for public in many[:27]:
            self.ok(authority.run("add-key", "root", public))
        self.refused(authority.run("add-key", "root", many[27]), 3, "at most 30 are taken")
        self.ok(authority.run("discard"))
        self.assertFalse((authority.repo / "staged").exists())


class MessageKeys(GatewayCase):
    def add(self, use, name, *more):
        return self.authority.run("add-key", use, self.authority.public(name), *more, *self.authority.signing("targets1", "targets2"))

    def keys(self):
        return {key["owner"] + "/" + "+".join(key["use"]): key for key in verify(self.authority.repo)["keys"]["keys"]}

    def test_keys_of_customs_and_of_enterprises_are_listed_with_use_owner_and_time(self):
        authority = self.authority.start()
        for name, algorithm in (("receipts", "ed25519"), ("enterprise", "sm2_sm3")):
            authority.new_key(name, algorithm)
        self.ok(self.add("receipt", "receipts", "--owner", "customs.example"), "Released.")
        self.ok(self.add("warning", "receipts", "--owner", "customs.example"), ["for receipt, warning", "Released."])
        self.ok(self.add("submission", "enterprise", "--owner", "110000XXXXXX0001", "--from", "2026-01-01T00:00:00Z", "--until", FAR,
                         "--sm2-user-id", "me"), "Released.")
        keys = self.keys()
        self.assertEqual(sorted(keys), ["110000XXXXXX0001/submission", "customs.example/checkpoint", "customs.example/receipt+warning"])
        enterprise = keys["110000XXXXXX0001/submission"]
        self.assertEqual((enterprise["not_before"], enterprise["not_after"], enterprise["sm2_user_id"]),
                         ("2026-01-01T00:00:00Z", FAR, "me"))
        self.assertEqual(len(verify(authority.repo)["log"]), 4)

    def test_a_key_is_revoked_and_known_as_stolen(self):
        self.authority.start()
        self.authority.new_key("receipts")
        self.ok(self.add("receipt", "receipts", "--owner", "customs.example"))
        sign = self.authority.signing("targets1", "targets2")
        self.ok(self.authority.run("revoke", "receipts", "--revoked-at", "2026-06-01T00:00:00Z", *sign),
                ["revokes the message key", "Released."])
        self.ok(self.authority.run("revoke", "receipts", "--compromised-at", "2026-05-01T00:00:00Z", *sign),
                ["others may have the message key", "Released."])
        key = self.keys()["customs.example/receipt"]
        self.assertEqual((key["revoked_at"], key["compromised_at"]), ("2026-06-01T00:00:00Z", "2026-05-01T00:00:00Z"))
        self.refused(self.authority.run("revoke", "receipts", "--revoked-at", FAR, *sign), 2, "since an earlier time already")

    def test_a_key_is_rotated_with_an_overlap(self):
        self.authority.start()
        for name in ("old", "new"):
            self.authority.new_key(name)
        self.ok(self.add("receipt", "old", "--owner", "customs.example"))
        sign = self.authority.signing("targets1", "targets2")
        self.ok(self.authority.run("rotate", "receipt", "old", self.authority.public("new"), "--overlap", 7, *sign), "Released.")
        records = [key for key in verify(self.authority.repo)["keys"]["keys"] if key["use"] == ["receipt"]]
        moments = [datetime.datetime.strptime(record[name], "%Y-%m-%dT%H:%M:%SZ") for record,
                   name in zip(records, ("not_after", "not_before"))]
        self.assertEqual((moments[0] - moments[1]).days, 7)

    def test_wrong_uses(self):
        self.authority.start()
        self.authority.new_key("one")
        self.refused(self.add("receipt", "one"), 2, "--owner CODE")
        self.refused(self.add("receipt", "one", "--owner", "with blank"), 3, "owner")
        self.refused(self.add("receipt", "one", "--owner", "x", "--from", "yesterday"), 2, "--from")
        self.refused(self.add("receipt", "one", "--owner", "x", "--from", FAR, "--until", "2030-01-01T00:00:00Z"), 3,
                     "ends before it begins")
        self.refused(self.add("receipt", "log", "--owner", "another"), 2, "listed for the owner customs.example")


class Upkeep(GatewayCase):
    def test_refresh_makes_a_timestamp_and_a_snapshot_only_near_its_end(self):
        authority = self.authority.start()
        self.ok(authority.run("refresh"))
        self.assertEqual(verify(authority.repo)["versions"], {"root": 1, "timestamp": 2, "snapshot": 1, "targets": 1})
        later = datetime.datetime.utcnow() + datetime.timedelta(days=5)
        self.ok(authority.run("refresh", before=at(later)))
        self.assertEqual(verify(authority.repo, now=later)["versions"], {"root": 1, "timestamp": 3, "snapshot": 2, "targets": 1})

    def test_refresh_warns_before_persons_are_needed(self):
        authority = self.authority.start()
        self.assertEqual(self.ok(authority.run("refresh")).err, "")
        later = datetime.datetime.utcnow() + datetime.timedelta(days=25)
        self.assertIn("targets 1 expires in ", self.ok(authority.run("refresh", before=at(later))).err)

    def test_expired_targets_are_not_covered_up(self):
        authority = self.authority.start()
        later = datetime.datetime.utcnow() + datetime.timedelta(days=31)
        before = authority.state()
        self.refused(authority.run("refresh", before=at(later)), 4, ["targets 1 has expired", "clients would refuse it"])
        self.assertEqual(authority.state(), before)
        self.ok(authority.run("status", before=at(later)), "EXPIRED")
        self.ok(authority.run("renew", "targets", *authority.signing("targets1", "targets2"), before=at(later)), "Released.")
        verify(authority.repo, now=later)

    def test_a_change_that_waited_too_long_is_not_released(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        later = datetime.datetime.utcnow() + datetime.timedelta(days=31)
        authority.before = at(later)
        self.refused(authority.sign("targets1"), 4, ["the staged targets 2 has expired", "renew targets"])
        self.ok(authority.run("renew", "targets"))
        self.ok(authority.sign("targets1", "targets2"), "Released.")
        self.assertIn("criteria/test-pack/1.json", verify(authority.repo, now=later)["targets"])

    def test_a_change_that_another_has_overtaken_is_not_released(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack()))
        overtaken = authority.copy("overtaken")
        self.ok(authority.sign("targets1", "targets2"), "Released.")
        (authority.repo / "staged").mkdir()
        (authority.repo / "staged/targets.json").write_bytes((overtaken / "staged/targets.json").read_bytes().replace(b"test-pack",
                                                                                                                      b"fake-pack"))
        self.refused(authority.sign("targets1"), 4, "does not follow what is released by now")

    def test_status_says_who_must_sign(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack(), *authority.signing("targets1")))
        self.ok(authority.run("status"),
                ["root       version 1", "publishes test-pack revision 1",
                 "Waits for 1 more of the holders of the targets to sign the targets: targets2"])
        status = json.loads(self.ok(authority.run("status", "--json")).out)
        self.assertEqual((status["staged"], status["interrupted"], [one["missing"] for one in status["missing"]]), (True, False, [1]))
        self.assertGreater(status["roles"]["root"]["seconds_left"], 364 * 86_400)

    def test_what_was_written_is_read_and_written_the_same(self):
        authority = self.authority.start()
        self.ok(authority.run("publish", self.write_pack(), *authority.signing("targets1")))
        staged = (authority.repo / "staged/targets.json").read_bytes()
        self.ok(authority.sign("targets1"))  # Ed25519 signs the same bytes alike
        self.assertEqual((authority.repo / "staged/targets.json").read_bytes(), staged)
        self.ok(authority.sign("targets2"), "Released.")
        released = json.loads((authority.repo / "metadata/2.targets.json").read_bytes())
        self.assertEqual(released["signed"], json.loads(staged)["signed"])

    def test_two_commands_at_a_time_do_not_mix(self):
        authority = self.authority.start()
        import fcntl
        with open(authority.repo / ".lock", "r+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.refused(authority.run("refresh"), 5, "another greenlane-gateway is at work")

    def test_a_log_that_was_changed_is_noticed(self):
        authority = self.authority.start()
        path = authority.repo / "log/tile/entries/000.p/1"
        path.write_bytes(path.read_bytes().replace(b"trust", b"truth"))
        before = authority.state()
        self.refused(self.publish(), 4, "log")
        self.assertEqual({name: data for name, data in authority.state().items() if not name.startswith(("staged", "targets"))},
                         {name: data for name, data in before.items() if not name.startswith(("staged", "targets"))})

    def test_files_that_are_no_metadata_are_named(self):
        authority = self.authority.start()
        (authority.repo / "metadata/timestamp.json").write_text("{}")
        self.refused(authority.run("refresh"), 3, "timestamp.json")
        (authority.repo / "authority.json").write_text("[]")
        self.refused(authority.run("status"), 3, "authority.json")


class Export(GatewayCase):
    def test_one_file_holds_all_that_clients_fetch(self):
        authority = self.authority.start()
        for revision in (1, 2):
            self.ok(self.publish(revision=revision), "Released.")
        self.ok(authority.run("renew", "root", *authority.signing("root1", "root2")), "Released.")
        bundle = self.folder / "bundle.tar"
        self.ok(authority.run("export", bundle))
        with tarfile.open(bundle) as archive:
            self.assertTrue(all(member.isreg() and not member.name.startswith(("/", ".")) for member in archive))
            self.assertTrue(all(member.name.split("/")[0] in ("metadata", "targets", "log") for member in archive))
            archive.extractall(self.folder / "away")
        self.assertEqual(verify(self.folder / "away", authority.first_root())["versions"]["root"], 2)
        self.assertEqual(bundle.read_bytes()[257:263], b"ustar\0")
        again = self.folder / "again.tar"
        self.ok(authority.run("export", again))
        self.assertEqual(again.read_bytes(), bundle.read_bytes())

    def test_there_is_nothing_to_export_at_first(self):
        self.ok(self.authority.init())
        self.refused(self.authority.run("export", self.folder / "x.tar"), 2, "nothing is released yet")
        self.assertFalse((self.folder / "x.tar").exists())


class Verifier(GatewayCase):
    """The verifier of these tests refuses what it should."""

    def test_every_part_counts(self):
        authority = self.authority.start()
        self.ok(self.publish(), "Released.")
        files = {name: data for name, data in authority.state().items() if not name.startswith("staged")}
        kept = [name for name in files if name not in ("metadata/1.snapshot.json", "metadata/1.targets.json") and ".p/1" not in name]
        for name in kept:
            path = authority.repo / name
            data = bytearray(files[name])
            place = data.rfind(b'"sig": "') + 12 if b'"sig": "' in data else len(data) // 2
            data[place] = ord("1") if data[place] != ord("1") else ord("2")
            path.write_bytes(data)
            with self.assertRaises((Refused, Exception), msg=name):
                verify(authority.repo)
            path.write_bytes(files[name])
        verify(authority.repo)


if __name__ == "__main__":
    main()
