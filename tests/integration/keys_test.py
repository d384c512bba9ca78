#!/usr/bin/python3
"""The enterprise's keys on the command line: made, shown, taken in, handed out, rotated, revoked."""
import json
import os
import pathlib
import re
import stat
import subprocess
import unicodedata

from program import Case, greenlane, main

OWNER = "110000XXXXXX0001"
ALGORITHMS = ("ed25519", "ecdsa_p256_sha256", "sm2_sm3")


def openssl(*arguments):
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=True).stdout


def mode(path):
    return stat.S_IMODE(os.lstat(path).st_mode)


class Keys(Case):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "home"
        self.home.mkdir()

    def keys(self, *arguments, **more):
        return greenlane("--home", self.home, "keys", *arguments, **more)

    def documents(self, *arguments):
        """The keys that a command shows, as a document."""
        run = greenlane("--home", self.home, "--format", "json", "keys", *arguments)
        self.assertEqual(run.status, 0, run.err)
        document = json.loads(run.out)
        self.assertValid("keys", document)
        return document["keys"]

    def new(self, *arguments):
        return self.documents("new", "--owner", OWNER, *arguments)[0]

    def test_make_and_list_keys_of_every_algorithm(self):
        made = [self.new("--algorithm", algorithm) for algorithm in ALGORITHMS]
        self.assertEqual(self.documents("list"), made)
        self.assertEqual([key["algorithm"] for key in made], list(ALGORITHMS))
        self.assertEqual({key["owner"] for key in made}, {OWNER})
        self.assertEqual(made[0]["use"], ["submission"])
        self.assertEqual(made[2]["sm2_user_id"], "1234567812345678")
        self.assertEqual(json.loads((self.home / "keys" / "keys.json").read_text("utf-8"))["keys"], made)

    def test_keep_private_keys_to_their_owner(self):
        key = self.new()
        self.assertEqual(mode(self.home / "keys"), 0o700)
        path = self.home / "keys" / f"{key['key_id']}.pem"
        self.assertEqual(mode(path), 0o600)
        self.assertEqual(openssl("pkey", "-in", path, "-pubout").decode(), key["public_key"])

    def test_remember_the_owner(self):
        self.new()
        self.assertEqual(self.documents("new")[0]["owner"], OWNER)
        self.assertEqual(self.keys("new", "--owner", "two words").status, 3)

    def test_need_an_owner_at_first(self):
        run = self.keys("new")
        self.assertEqual((run.status, run.out), (2, ""))
        self.assertIn("code of the enterprise", run.err)
        self.assertEqual(self.keys("list").status, 3)

    def test_take_days_and_moments(self):
        key = self.new("--from", "2026-01-01", "--until", "2026-12-31", "--use", "receipt", "--use", "warning")
        self.assertEqual((key["not_before"], key["not_after"]), ("2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z"))
        self.assertEqual(key["use"], ["receipt", "warning"])
        self.assertEqual(self.new("--from", "2026-01-01T08:00:00Z")["not_before"], "2026-01-01T08:00:00Z")
        for wrong in ("tomorrow", "2026-02-30", "2026-01-01T08:00:00+08:00"):
            run = self.keys("new", "--from", wrong)
            self.assertEqual(run.status, 2)
            self.assertIn(wrong, run.err)

    def test_import_what_openssl_made(self):
        self.new()
        pem = self.folder / "made.pem"
        der = self.folder / "made.der"
        for options in (["-algorithm", "ED25519"], ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], ["-algorithm", "SM2"]):
            for form, path in (("PEM", pem), ("DER", der)):
                openssl("genpkey", *options, "-out", self.folder / "any.pem")
                openssl("pkcs8", "-topk8", "-nocrypt", "-in", self.folder / "any.pem", "-outform", form, "-out", path)
                key = self.documents("import", path)[0]
                self.assertEqual(key["public_key"].encode(), openssl("pkey", "-in", path, "-inform", form, "-pubout"))
                self.assertEqual(key["owner"], OWNER)
                again = self.keys("import", path)
                self.assertEqual(again.status, 2)
                self.assertIn("there already", again.err)

    def test_import_a_public_key_alone(self):
        self.new()
        openssl("genpkey", "-algorithm", "ED25519", "-out", self.folder / "own.pem")
        public = self.write("public.pem", openssl("pkey", "-in", self.folder / "own.pem", "-pubout"))
        run = self.keys("import", public)
        self.assertEqual(run.status, 0, run.err)
        self.assertIn("elsewhere (hardware)", run.out)
        self.assertIn("elsewhere", self.keys("rotate", self.documents("list")[1]["key_id"]).err)

    def test_refuse_what_is_no_key_with_what_to_do(self):
        self.new()
        openssl("genpkey", "-algorithm", "RSA", "-out", self.folder / "rsa.pem")
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.folder / "sec1.pem")
        openssl("genpkey", "-algorithm", "ED25519", "-aes256", "-pass", "pass:secret", "-out", self.folder / "encrypted.pem")
        for name, says in (("rsa.pem", "neither Ed25519"), ("sec1.pem", "openssl pkcs8 -topk8"), ("encrypted.pem", "passphrase")):
            run = self.keys("import", self.folder / name)
            self.assertEqual(run.status, 3, name)
            self.assertIn(says, run.err)
            self.assertIn(name, run.err)
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-outform", "DER", "-out", self.folder / "sec1.der")
        self.assertIn("openssl pkcs8 -topk8", self.keys("import", self.folder / "sec1.der").err)
        self.assertEqual(self.keys("import", self.write("none.pem", "nothing")).status, 3)
        self.assertEqual(self.keys("import", self.folder / "missing.pem").status, 3)
        self.assertEqual(len(self.documents("list")), 1)

    def test_export_what_openssl_reads(self):
        for algorithm in ALGORITHMS:
            key = self.new("--algorithm", algorithm)
            pem = self.folder / f"{algorithm}.pem"
            self.assertEqual(self.keys("export", key["key_id"]).out, key["public_key"])
            self.assertEqual(self.keys("export", key["key_id"][:8], "-o", pem).status, 0)
            self.assertEqual(pem.read_text("utf-8"), key["public_key"])
            der = self.folder / f"{algorithm}.der"
            self.assertEqual(self.keys("export", key["key_id"], "--form", "der", "-o", der).status, 0)
            self.assertEqual(openssl("pkey", "-pubin", "-inform", "DER", "-in", der, "-pubout").decode(), key["public_key"])

    def test_export_a_private_key_only_when_told_and_into_a_file_of_its_own(self):
        key = self.new()
        out = self.folder / "own.pem"
        self.assertNotIn("PRIVATE", self.keys("export", key["key_id"]).out)
        self.assertEqual(self.keys("export", key["key_id"], "--private").status, 2)
        run = self.keys("export", key["key_id"], "--private", "-o", out)
        self.assertEqual((run.status, run.out), (0, ""))
        self.assertIn("signs in your name", run.err)
        self.assertEqual(mode(out), 0o600)
        self.assertEqual(openssl("pkey", "-in", out, "-pubout").decode(), key["public_key"])
        again = self.keys("export", key["key_id"], "--private", "-o", out)
        self.assertEqual(again.status, 2)
        self.assertIn("never overwritten", again.err)

    def test_rotate(self):
        old = self.new()
        new, ended = self.documents("rotate", old["key_id"][:8], "--until", "2099-01-31")
        self.assertEqual(ended["not_after"], min("2099-01-31T23:59:59Z", old["not_after"]))
        self.assertNotEqual(new["key_id"], old["key_id"])
        self.assertEqual({name: new[name] for name in ("algorithm", "owner", "use")}, {name: old[name] for name in ("algorithm", "owner", "use")})
        new, ended = self.documents("rotate", new["key_id"])
        self.assertLess(ended["not_after"], old["not_after"])
        self.assertEqual(self.keys("rotate", new["key_id"], "--until", "2020-01-01").status, 2)

    def test_rotate_to_a_key_that_a_token_made(self):
        self.new()
        first, second = (self.folder / name for name in ("first.pem", "second.pem"))
        for path in (first, second):
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", self.folder / "private.pem")
            path.write_bytes(openssl("pkey", "-in", self.folder / "private.pem", "-pubout"))
        old = self.documents("import", first)[0]
        new, _ = self.documents("rotate", old["key_id"], "--with", second)
        self.assertEqual(new["public_key"], second.read_text("utf-8"))

    def test_revoke(self):
        key = self.new()
        revoked = self.documents("revoke", key["key_id"])[0]
        self.assertIn("revoked_at", revoked)
        self.assertNotIn("compromised_at", revoked)
        self.assertEqual(self.keys("revoke", key["key_id"]).status, 2)
        told = self.documents("revoke", key["key_id"], "--compromised-at", "2026-01-01")[0]
        self.assertEqual((told["compromised_at"], told["revoked_at"]), ("2026-01-01T00:00:00Z", revoked["revoked_at"]))
        self.assertIn("compromised", self.keys("list").out)

    def test_say_which_key_is_missing(self):
        self.new()
        for wrong, status in (("0" * 64, 3), ("0" * 8, 3), ("../../../etc/passwd", 3), ("abc", 2)):
            run = self.keys("export", wrong)
            self.assertEqual((run.status, run.out), (status, ""), run.err)

    def test_refuse_a_home_that_others_may_change(self):
        key = self.new()
        path = self.home / "keys" / f"{key['key_id']}.pem"
        path.chmod(0o644)
        run = self.keys("export", key["key_id"], "--private", "-o", self.folder / "out.pem")
        self.assertEqual(run.status, 3)
        self.assertIn(f"chmod 600 {path}", run.err)
        self.assertFalse((self.folder / "out.pem").exists())
        (self.home / "keys").chmod(0o777)
        self.assertIn("chmod 700", self.keys("list").err)

    def test_find_the_home(self):
        key = self.new()
        for environment in ({"GREENLANE_HOME": str(self.home)}, {"GREENLANE_HOME": f"{self.home}/", "HOME": "/nowhere"}):
            self.assertIn(key["key_id"], greenlane("keys", "list", environment=environment).out)
        (self.folder / ".greenlane").symlink_to(self.home)
        self.assertIn(key["key_id"], greenlane("keys", "list", environment={"HOME": str(self.folder)}).out)
        run = greenlane("keys", "list", environment={"HOME": ""})
        self.assertEqual(run.status, 2)
        self.assertIn("GREENLANE_HOME", run.err)

    def test_speak_both_languages_within_80_columns(self):
        for algorithm in ALGORITHMS:
            key = self.new("--algorithm", algorithm)
        self.keys("revoke", key["key_id"], "--compromised-at", "2026-01-01")
        self.assertIn("submission", self.keys("list").out)
        chinese = greenlane("--home", self.home, "--lang", "zh", "keys", "list").out
        for word in ("状态", "有效期", "已泄露", "私钥"):
            self.assertIn(word, chinese)
        for text in (self.keys("list").out, chinese):
            for line in text.splitlines():
                self.assertLessEqual(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line), 80, line)

    def test_help_has_an_example_within_80_columns(self):
        for command in ([], ["new"], ["list"], ["import"], ["export"], ["rotate"], ["revoke"]):
            text = greenlane("keys", *command, "--help").out
            self.assertRegex(text, r"Example[^\n]*:\n  greenlane keys", command)
            for line in text.splitlines():
                self.assertLessEqual(len(line), 80, line)


if __name__ == "__main__":
    main()
