"""A home under test, with an authority that it follows over TLS."""
import json
import subprocess

from gateway import Authority, Case, gateway, sample_pack, served
from program import declaration, greenlane


def faked(moment):
    """The program at another time, such as "2026-01-31 23:59:59" in UTC, or "-10d" from now."""
    moment = moment if moment[0] in "+-" else f"@{moment}"
    return {"before": ("faketime", "-f", moment), "environment": {"TZ": "UTC", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}}


class HomeCase(Case):
    LIFETIMES = ()
    AUTHORITY_CLOCK = ()  # what stands before its commands

    def setUp(self):
        super().setUp()
        self.authority = Authority(self.folder / "authority")
        self.authority.before = self.AUTHORITY_CLOCK
        run = self.authority.init(*self.LIFETIMES, sign=("root1", "root2", "targets1", "targets2"))
        self.assertEqual(run.status, 0, run.out + run.err)
        self.tls = self.folder / "tls"
        self.assertEqual(gateway("tls", "new", self.tls, before=self.AUTHORITY_CLOCK).status, 0)
        self.root = self.write("root.json", self.authority.first_root())
        self.hit = self.write("hit.json", declaration(lrn="x"))

    def publish(self, revision, pack_id="test-pack", **members):
        whole = {**sample_pack(revision, pack_id), **members}
        path = self.write(f"packs/{pack_id}-{revision}.json", whole)
        run = self.authority.run("publish", path, *(part for name in ("targets1", "targets2") for part in ("--sign", self.authority.key(name))))
        self.assertEqual(run.status, 0, run.out + run.err)

    def serve(self, repo=None):
        """The address of a server of the authority's files, until the test ends."""
        url, _ = self.enterContext(served(repo or self.authority.repo, self.tls, 600, subprocess.DEVNULL))
        return url

    def init(self, url, name="home", *more):
        run = greenlane("--home", self.folder / name, "init", "--gateway", url, "--root", self.root, "--ca", self.tls / "ca.pem", *more)
        self.assertEqual(run.status, 0, run.err)
        return run

    def home(self, *arguments, name="home", options=(), **more):
        return greenlane("--home", self.folder / name, *options, *arguments, **more)

    def document(self, *arguments, status=0, schema=None, **more):
        run = self.home(*arguments, options=("--format", "json"), **more)
        self.assertEqual(run.status, status, run.err)
        documents = run.documents()
        for one in documents:
            if schema:
                self.assertValid(schema, one)
        return documents[0] if len(documents) == 1 else documents

    def updated(self, status=0, **more):
        """ID@REVISION OUTCOME of each pack."""
        update = self.document("criteria", "update", status=status, schema="criteria_update", **more)
        return [f"{pack.get('id')}@{pack.get('revision')} {pack['outcome']}" for pack in update["packs"]]

    def status(self, status=0, **more):
        return self.document("criteria", "status", status=status, schema="criteria_status", **more)

    def in_use(self, **more):
        return [f"{pack['id']}@{pack['revision']}" for pack in self.status(**more)["packs"]]

    def kept(self, path, name="home"):
        return json.loads((self.folder / name / path).read_bytes())
