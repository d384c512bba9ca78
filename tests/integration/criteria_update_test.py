#!/usr/bin/python3
"""Following customs over TLS: updates, refusals, what screening uses, what is shown."""
import base64
import datetime
import hashlib
import json
import re
import subprocess
import unicodedata

from forger import Forger
from gateway import gateway, sample_pack, served
from home_case import HomeCase, faked
from program import PROGRAM, criterion, declaration, greenlane, main, pack


def built(whole):
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


class Update(HomeCase):
    def setUp(self):
        super().setUp()
        self.publish(1)
        self.url = self.serve()
        self.init(self.url)

    def screened(self, *arguments, status=1, **more):
        return self.document("screen", *arguments, self.hit, status=status, schema="assessment", **more)

    def test_the_first_update_brings_the_criteria_into_use(self):
        self.assertEqual(self.updated(), ["test-pack@1 activated"])
        assessment = self.screened()
        self.assertEqual(assessment["pack"]["provenance"], "published")
        self.assertEqual(assessment["pack"]["freshness"], "fresh")
        self.assertValid("home", self.kept("home.json"))
        self.assertValid("pack_index", self.kept("packs/index.json"))
        status = self.status()
        self.assertEqual(status["to_do"], [])
        self.assertEqual([role["role"] for role in status["roles"]], ["root", "timestamp", "snapshot", "targets"])
        self.assertEqual(self.updated(), ["test-pack@1 unchanged"])

    def test_a_second_revision_takes_the_place_of_the_first_which_is_kept(self):
        self.updated()
        self.publish(2)
        self.assertEqual(self.updated(), ["test-pack@2 activated"])
        self.assertEqual(self.screened()["pack"]["revision"], 2)
        self.assertEqual(self.screened("--pack", "test-pack")["pack"]["revision"], 2)
        old = self.screened("--pack", "test-pack@1")["pack"]
        self.assertEqual((old["revision"], old["freshness"].split(" ")[0]), (1, "stale"))
        kept = self.document("criteria", "list", schema="kept_pack")
        self.assertEqual([(one["revision"], "superseded_at" in one) for one in kept], [(1, True), (2, False)])
        for one in kept:
            self.check_proof(one)

    def check_proof(self, one):
        """The proof of publication, by RFC 9162, 2.1.3.2."""
        proof = one["proof"]
        self.assertEqual(json.loads(proof["entry"])["digest"], one["digest"])
        _, size, root = proof["checkpoint"].split("\n")[:3]
        index, last, value = proof["index"], int(size) - 1, hashlib.sha256(b"\0" + proof["entry"].encode()).digest()
        for text in proof["hashes"]:
            other = base64.b64decode(text)
            if index % 2 or index == last:
                value = hashlib.sha256(b"\1" + other + value).digest()
                while index % 2 == 0 and index:
                    index, last = index >> 1, last >> 1
            else:
                value = hashlib.sha256(b"\1" + value + other).digest()
            index, last = index >> 1, last >> 1
        self.assertEqual((base64.b64encode(value).decode(), last), (root, 0))

    def test_explain_and_watch_use_them_too(self):
        self.updated()
        explanation = self.document("explain", "--criterion", "T.N0", self.hit, schema="explanation")
        self.assertEqual((explanation["outcome"], explanation["pack"]["provenance"]), ("hit", "published"))
        for name in ("in", "out", "done", "failed"):
            (self.folder / name).mkdir()
        self.write("in/a.json", declaration(lrn="x"))
        run = self.home("watch", *(part for name in ("in", "out", "done", "failed") for part in (f"--{name}", self.folder / name)), "--once", "--interval", "0.01")
        self.assertEqual(run.status, 1, run.err)
        answer = json.loads((self.folder / "out/a.json.json").read_text())
        self.assertEqual(answer["pack"]["provenance"], "published")
        self.assertIn("published and signed by", (self.folder / "out/a.json.txt").read_text())

    def test_a_program_does_the_same(self):
        def sample(name="home"):
            run = subprocess.run([PROGRAM.with_name("sample-follow-customs"), self.folder / name, self.hit], capture_output=True, text=True, timeout=120, check=False)
            self.assertEqual(run.stderr, "")
            return run.stdout

        screened = "test-pack, published, fresh: red, 1 findings\n"
        self.assertEqual(sample(), "test-pack revision 1: activated\n" + screened)
        self.assertEqual(sample(), "test-pack revision 1: unchanged\n" + screened)
        self.write("home/home.json", {**self.kept("home.json"), "gateway": "https://127.0.0.1:1"})
        self.assertEqual(sample(), "no update: unreachable\n" + screened)

    def test_the_same_revision_with_another_content_is_refused(self):
        self.updated()
        Forger(self.authority).publish("test-pack", 1, built(sample_pack(1, criteria=2)))
        self.assertEqual(self.updated(status=4), ["test-pack@1 refused"])
        self.assertEqual(self.screened()["findings"][0]["criterion"], "T.N0")
        self.assertEqual(len(self.screened()["findings"]), 1)
        refusal = self.status()["refusals"][0]
        self.assertIn("was published before with another content", refusal["error"]["message"])
        text = self.home("criteria", "update").out
        self.assertIn("REFUSED", text)
        self.assertIn("still in use: revision 1", text)

    def test_a_pack_that_fails_its_own_tests_is_refused_and_the_others_are_taken(self):
        self.updated()
        bad = sample_pack(2)
        bad["criteria"][0]["when"] = "false"
        forger = Forger(self.authority)
        forger.publish("test-pack", 2, built(bad))
        forger.publish("second-pack", 1, built(sample_pack(1, "second-pack")))
        self.assertEqual(self.updated(status=3), ["second-pack@1 activated", "test-pack@2 refused"])
        self.assertEqual(self.in_use(), ["second-pack@1", "test-pack@1"])
        self.assertEqual(self.status()["refusals"][0]["error"]["code"], "failed_test")
        self.assertIn("see_refusals", self.status()["to_do"])

    def test_a_pack_that_does_not_compile_or_is_not_in_the_log_is_refused(self):
        self.updated()
        forger = Forger(self.authority)
        forger.publish("test-pack", 2, b"{}")
        self.assertEqual(self.updated(status=3), ["test-pack@2 refused"])
        forger.publish("test-pack", 3, built(sample_pack(3)), logged=False)
        self.assertEqual(self.updated(status=4), ["test-pack@3 refused"])
        self.assertIn("publication log", self.status()["refusals"][0]["error"]["message"])
        self.assertEqual(self.in_use(), ["test-pack@1"])

    def test_a_gateway_that_does_not_answer_changes_nothing(self):
        self.updated()
        self.assertError(self.document("screen", "--pack", "nothing", self.hit, status=3), says=("there is no file or folder nothing", "it has test-pack@1"))
        self.init("https://127.0.0.1:1", "lonely")
        error = self.document("criteria", "update", name="lonely", status=5)
        self.assertError(error, code="unreachable")
        self.assertTrue(error["retryable"])
        status = self.status(name="lonely")
        self.assertEqual((status["failed"]["error"]["code"], status["to_do"]), ("unreachable", ["update"]))

    def test_a_server_of_another_ca_is_not_trusted(self):
        self.assertEqual(gateway("tls", "new", self.folder / "other-tls").status, 0)
        run = greenlane("--home", self.folder / "other", "init", "--gateway", self.url, "--root", self.root, "--ca", self.folder / "other-tls/ca.pem")
        self.assertEqual(run.status, 0, run.err)
        self.assertError(self.document("criteria", "update", name="other", status=4), code="not_trusted", says="certificate")

    def test_another_authority_at_the_same_address_is_not_trusted(self):
        self.updated()
        other = type(self.authority)(self.folder / "impostor").start()
        with served(other.repo, self.tls) as (url, _):
            home = self.kept("home.json")
            self.write("home/home.json", {**home, "gateway": url})
            self.document("criteria", "update", status=4)
        self.assertEqual(self.in_use(), ["test-pack@1"])

    def test_init_makes_a_home_or_nothing(self):
        run = self.init(self.url, "second", "--enterprise", "1101919107")
        self.assertIn("sha256:" + hashlib.sha256(self.authority.first_root()).hexdigest(), run.out)
        self.assertEqual((self.folder / "second").stat().st_mode & 0o777, 0o700)
        again = greenlane("--home", self.folder / "second", "init", "--gateway", self.url, "--root", self.root)
        self.assertEqual(again.status, 2, again.err)
        self.assertIn("there is something already", again.err)
        wrong = greenlane("--home", self.folder / "third", "init", "--gateway", self.url, "--root", self.hit)
        self.assertEqual(wrong.status, 3, wrong.err)
        self.assertEqual([path.name for path in self.folder.glob("third*")], [])
        found = greenlane("--format", "json", "criteria", "status", environment={"GREENLANE_HOME": str(self.folder / "second")})
        self.assertEqual(found.documents()[0]["gateway"], self.url)

    def test_without_a_home_or_criteria_it_says_what_to_do(self):
        self.assertError(self.document("screen", self.hit, name="nowhere", status=2), code="invalid_argument", says=("--pack PATH", "greenlane init"))
        self.assertError(self.document("screen", self.hit, status=3), code="not_found", says="greenlane criteria update")
        self.assertError(self.document("criteria", "status", name="nowhere", status=3), code="not_found", says="greenlane init")
        self.assertError(self.document("criteria", "checkpoint", status=3), code="not_found", says="greenlane criteria update")
        self.assertEqual(self.status()["to_do"], ["update"])

    def test_packs_for_different_documents_have_to_be_chosen(self):
        self.publish(1, "entry", applies_to="greenlane.entry_summary/1", criteria=[criterion("declaration.header.item_count == '1'")])
        self.updated()
        error = self.document("screen", self.hit, status=2)
        self.assertError(error, code="invalid_argument", says="choose packs of one format with --pack")
        self.assertEqual(self.screened("--pack", "test-pack")["level"], "high")

    def test_local_packs_need_no_home(self):
        local = self.write("local.json", pack([criterion("true")]))
        run = greenlane("--format", "json", "screen", "--pack", local, self.hit, environment={"GREENLANE_HOME": "/nowhere"})
        self.assertEqual((run.status, run.documents()[0]["pack"]["provenance"]), (1, "local"))

    def test_texts_are_narrow_in_both_languages_and_show_freshness(self):
        self.updated()
        Forger(self.authority).publish("test-pack", 2, b"{}")
        for language in ("en", "zh"):
            for arguments in (["criteria", "update"], ["criteria", "status"], ["criteria", "list"], ["screen", self.hit]):
                for more in ({}, faked("2040-01-01 00:00:00"), faked("2020-01-01 00:00:00")):
                    out = self.home(*arguments, options=("--lang", language), **more).out
                    wide = [line for line in out.split("\n")
                            if sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) > 80 and "/greenlane-test-" not in line and "https://" not in line]
                    self.assertEqual(wide, [], arguments)
        late = self.home("screen", self.hit, **faked("2040-01-01 00:00:00")).out
        self.assertEqual(len(re.findall("EXPIRED since", late)), 2)
        self.assertIn("published and signed by Tests", late)
        self.assertIn("已失效", self.home("--quiet", "screen", self.hit, options=("--lang", "zh"), **faked("2040-01-01 00:00:00")).out)

    def test_every_command_has_help_with_an_example(self):
        for command in (["init"], *(["criteria", name] for name in ("update", "status", "list", "import", "export", "checkpoint", "compare"))):
            run = greenlane(*command, "--help")
            self.assertEqual(run.status, 0, command)
            self.assertIn("Example:\n  greenlane ", run.out)
            self.assertEqual([line for line in run.out.split("\n") if len(line) > 80], [], command)


class History(HomeCase):
    """An authority that began twenty days ago, and a home that looked ten and five days ago."""

    LIFETIMES = ("--timestamp-lifetime", "60d", "--snapshot-lifetime", "60d", "--targets-lifetime", "60d")
    AUTHORITY_CLOCK = ("faketime", "-f", "-20d")

    def test_what_was_known_on_a_day_can_be_used_again(self):
        today = datetime.datetime.now(datetime.timezone.utc).date()
        self.publish(1)
        self.init(self.serve())
        self.assertEqual(self.updated(**faked("-10d")), ["test-pack@1 activated"])
        self.publish(2)
        self.assertEqual(self.updated(**faked("-5d")), ["test-pack@2 activated"])

        def known(days, status=1):
            day = str(today - datetime.timedelta(days))
            return self.document("screen", "--known-on", day, "--as-of", "2025-07-02", self.hit, status=status)

        self.assertEqual([known(days)["pack"]["revision"] for days in (9, 6, 4, 0)], [1, 1, 2, 2])
        self.assertEqual(known(9)["as_of"], "2025-07-02")
        self.assertTrue(known(9)["pack"]["freshness"].startswith("stale since"))
        self.assertError(known(12, status=3), code="not_found", says="the first was taken into use at")
        error = self.document("screen", "--known-on", "yesterday", self.hit, status=2)
        self.assertError(error, code="invalid_argument", says="--known-on")
        error = self.document("screen", "--known-on", str(today), "--pack", self.hit, self.hit, status=2)
        self.assertError(error, code="invalid_argument", says="is a path")
        named = self.document("screen", "--known-on", str(today - datetime.timedelta(9)), "--pack", "test-pack", self.hit, status=1)
        self.assertEqual(named["pack"]["revision"], 1)


class Clocks(HomeCase):
    """Dates as the gateway gives them: 24 hours for the timestamp, 7, 30 and 365 days for the others."""

    def setUp(self):
        super().setUp()
        self.publish(1)
        self.init(self.serve())
        self.updated()

    def freshness(self, moment, status=0):
        freshness = self.status(status=status, **faked(moment))["packs"][0]["freshness"]
        assessment = self.document("screen", self.hit, status=1, schema="assessment", **faked(moment))
        self.assertEqual(assessment["pack"]["freshness"], freshness)
        return freshness

    def test_criteria_become_stale_then_expire(self):
        self.assertEqual(self.freshness("+23h"), "fresh")
        roles = {role["role"]: role["expires"] for role in self.status()["roles"]}
        self.assertEqual(self.freshness("+25h"), "stale since " + roles["timestamp"])
        self.assertEqual(self.freshness("+8d"), "stale since " + roles["timestamp"])
        self.assertEqual(self.freshness("+31d", status=4), "expired since " + roles["targets"])
        self.assertEqual(self.freshness("+3650d", status=4), "expired since " + roles["targets"])
        # A frozen server, whose certificate holds: nothing new is signed, so nothing is taken.
        self.assertError(self.document("criteria", "update", status=4, **faked("+25h")), code="not_trusted", says="expired")
        self.assertEqual(self.status()["failed"]["error"]["code"], "not_trusted")
        self.assertEqual(self.updated(), ["test-pack@1 unchanged"])
        self.assertNotIn("failed", self.status())

    def test_a_clock_that_was_set_back_is_noticed(self):
        self.assertEqual(self.freshness("-1h", status=4), "clock_suspect")
        self.assertEqual(self.status(status=4, **faked("-1h"))["to_do"], ["set_clock"])
        self.assertError(self.document("criteria", "update", status=4, **faked("-1h")), code="not_trusted", says=("clock suspect", "set the clock"))
        self.assertIn("CLOCK SUSPECT", self.home("screen", self.hit, **faked("-1h")).out)
        self.assertEqual(self.updated(), ["test-pack@1 unchanged"])

    def test_a_clock_ten_years_ahead_loses_nothing(self):
        self.document("criteria", "update", status=4, **faked("+3650d"))
        self.publish(2)
        self.assertEqual(self.updated(), ["test-pack@2 activated"])
        self.assertEqual((self.status()["freshness"], self.status()["to_do"]), ("fresh", []))


if __name__ == "__main__":
    main()
