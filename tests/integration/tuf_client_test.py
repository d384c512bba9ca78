#!/usr/bin/python3
"""greenlane-tuf against a small web server: what it asks for, what it leaves on the disk, and what it tells people."""
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import threading
import unittest

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from program import PROGRAM, Case

TUF = PROGRAM.parent / "greenlane-tuf"
ROLES = ("root", "timestamp", "snapshot", "targets")


def canonical(value):
    """Canonical JSON of OLPC."""
    if isinstance(value, dict):
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return json.dumps(value)


class Key:
    def __init__(self):
        self.private = ed25519.Ed25519PrivateKey.generate()
        public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
        self.entry = {"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": public}}
        self.id = hashlib.sha256(canonical(self.entry).encode()).hexdigest()

    def file(self, body):
        signature = self.private.sign(canonical(body).encode()).hex()
        return json.dumps({"signatures": [{"keyid": self.id, "sig": signature}], "signed": body}, indent=1, ensure_ascii=False).encode()


class Repository:
    """Files by path; one key for all roles."""

    def __init__(self):
        self.key = Key()
        self.files = {}
        self.versions = dict.fromkeys(ROLES, 1)
        self.targets = {}
        self.delegations = None
        self.delegated = {}
        self.expires = "2040-01-01T00:00:00Z"
        self.publish()

    def body(self, kind, version, **members):
        return {"_type": kind, "spec_version": "1.0.34", "version": version, "expires": self.expires, **members}

    def serve(self, role, version, body):
        self.files[f"metadata/{version}.{role}.json"] = self.files[f"metadata/{role}.json"] = self.key.file(body)

    def publish(self):
        role = {"keyids": [self.key.id], "threshold": 1}
        version = self.versions
        self.serve("root", version["root"], self.body(
            "root", version["root"], consistent_snapshot=True, keys={self.key.id: self.key.entry}, roles={name: role for name in ROLES}))
        targets = {"targets": self.targets}
        if self.delegations:
            targets["delegations"] = {"keys": {self.key.id: self.key.entry}, "roles": [{**role, **one} for one in self.delegations]}
        self.serve("targets", version["targets"], self.body("targets", version["targets"], **targets))
        meta = {"targets.json": {"version": version["targets"]}}
        for name, (encoded, listed) in self.delegated.items():
            meta[name + ".json"] = {"version": 1}
            self.serve(encoded, 1, self.body("targets", 1, targets=listed))
        self.serve("snapshot", version["snapshot"], self.body("snapshot", version["snapshot"], meta=meta))
        self.serve("timestamp", version["timestamp"], self.body("timestamp", version["timestamp"], meta={"snapshot.json": {"version": version["snapshot"]}}))

    def next(self):
        for role in ROLES[1:]:
            self.versions[role] += 1
        self.publish()

    def entry(self, path, content):
        digest = hashlib.sha256(content).hexdigest()
        folder, _, name = path.rpartition("/")
        self.files[f"targets/{folder + '/' if folder else ''}{digest}.{name}"] = content
        return {"length": len(content), "hashes": {"sha256": digest}}

    def add(self, path, content):
        self.targets[path] = self.entry(path, content)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, repository):
        super().__init__(("127.0.0.1", 0), Handler)
        self.repository = repository
        self.requests = []
        self.statuses = {}    # by path: answered instead of the file
        self.endless = set()  # paths whose files never end
        self.sent = 0         # bytes of those
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def close(self):
        self.shutdown()
        self.thread.join()
        self.server_close()

    def url(self, folder):
        return f"http://127.0.0.1:{self.server_port}/{folder}"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path[1:]
        self.server.requests.append(path)
        if path in self.server.endless:
            return self.send_without_end()
        status = self.server.statuses.get(path, 200 if path in self.server.repository.files else 404)
        if status == 0:
            return self.connection.close()
        content = self.server.repository.files[path] if status == 200 else b"<html>no</html>"
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/metadata/timestamp.json?elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def send_without_end(self):
        self.send_response(200)
        self.end_headers()
        try:
            while self.server.sent < 1 << 30:
                self.server.sent += self.connection.send(b" " * 65536)
        except OSError:
            pass

    def log_message(self, *arguments):
        pass


class TufClient(Case):
    def setUp(self):
        super().setUp()
        self.repository = Repository()
        self.server = Server(self.repository)
        self.addCleanup(self.server.close)
        self.metadata = self.folder / "metadata"
        self.targets = self.folder / "targets"
        self.metadata.mkdir()
        self.targets.mkdir()
        self.root = self.folder / "root.json"
        self.root.write_bytes(self.repository.files["metadata/1.root.json"])

    def run_tuf(self, *arguments, before=()):
        self.server.requests.clear()
        env = {key: os.environ[key] for key in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS") if key in os.environ}
        # Whoever sets a proxy does not mean this one.
        env["http_proxy"] = "http://127.0.0.1:1"
        done = subprocess.run([*before, TUF, *map(str, arguments)], capture_output=True, env=env, timeout=120)
        self.assertEqual(done.stdout, b"")
        return done.returncode, done.stderr.decode()

    def init(self, root=None):
        return self.run_tuf("--metadata-dir", self.metadata, "init", root or self.root)

    def refresh(self, **options):
        return self.run_tuf("--metadata-dir", self.metadata, "--metadata-url", self.server.url("metadata/"), "refresh", **options)

    def download(self, *names, slash="/"):
        named = [word for name in names for word in ("--target-name", name)]
        return self.run_tuf("--metadata-dir", self.metadata, "--metadata-url", self.server.url("metadata" + slash), *named,
                            "--target-dir", self.targets, "--target-base-url", self.server.url("targets" + slash), "download")

    def assert_done(self, run):
        self.assertEqual(run, (0, ""))

    def assert_refused(self, run, words):
        self.assertEqual(run[0], 1, run)
        self.assertIn(words, run[1])
        self.assertTrue(run[1].startswith("greenlane-tuf: "), run)
        self.assertNotIn("\n\n", run[1])

    def kept(self):
        return {path.name: path.read_bytes() for path in self.metadata.iterdir()}

    def served(self, *roles):
        return {f"{role}.json": self.repository.files[f"metadata/{role}.json"] for role in roles}

    def test_keeps_the_four_roles_as_they_were_served(self):
        self.assert_done(self.init())
        self.assertEqual(self.kept(), self.served("root"))
        self.assert_done(self.refresh())
        self.assertEqual(self.server.requests, ["metadata/2.root.json", "metadata/timestamp.json", "metadata/1.snapshot.json", "metadata/1.targets.json"])
        self.assertEqual(self.kept(), self.served(*ROLES))
        self.assert_done(self.refresh())
        self.assertEqual(self.server.requests, ["metadata/2.root.json", "metadata/timestamp.json"])

    def test_downloads_a_file_once(self):
        self.repository.add("packs/cn/海关.json", b"{}")
        self.repository.add("plain", b"plain")
        self.repository.publish()
        # A server knows paths as they come, encoded.
        self.repository.files = {path.replace("海关", "%E6%B5%B7%E5%85%B3"): content for path, content in self.repository.files.items()}
        self.assert_done(self.init())
        for slash in ("/", ""):
            self.assert_done(self.download("packs/cn/海关.json", "plain", slash=slash))
        self.assertEqual({path.name: path.read_bytes() for path in self.targets.iterdir()},
                         {"packs%2Fcn%2F%E6%B5%B7%E5%85%B3.json": b"{}", "plain": b"plain"})
        self.assertEqual(self.server.requests, ["metadata/2.root.json", "metadata/timestamp.json"])

    def test_replaces_a_file_that_somebody_changed(self):
        self.repository.add("plain", b"plain")
        self.repository.publish()
        self.assert_done(self.init())
        (self.targets / "plain").write_bytes(b"other")
        self.assert_done(self.download("plain"))
        self.assertEqual((self.targets / "plain").read_bytes(), b"plain")

    def test_leaves_nothing_of_a_file_that_is_not_the_right_one(self):
        self.repository.add("plain", b"plain")
        self.repository.publish()
        path = next(path for path in self.repository.files if path.endswith(".plain"))
        self.assert_done(self.init())
        for content, words in ((b"nialp", "plain: the file's sha256 is"), (b"plai", "plain: the file has 4 bytes, not the 5"), (b"plain" * 9, "more than the 5 bytes")):
            self.repository.files[path] = content
            self.assert_refused(self.download("plain"), words)
            self.assertEqual(list(self.targets.iterdir()), [])
        del self.repository.files[path]
        self.assert_refused(self.download("plain"), "there is no \"targets/")
        self.assert_refused(self.download("nothing"), "nothing: no role lists a target of this name")

    def test_trusts_nothing_without_a_root(self):
        self.assert_refused(self.refresh(), "root has to be pinned first")
        unsigned = json.loads(self.root.read_bytes())
        unsigned["signatures"] = []
        for content, words in ((b"{", "not JSON"), (json.dumps(unsigned).encode(), "is signed by 0 of the 1 keys"), (self.repository.files["metadata/targets.json"], "not \"root\"")):
            other = self.folder / "other.json"
            other.write_bytes(content)
            self.assert_refused(self.init(other), words)
            self.assertEqual(self.kept(), {})
        self.assert_refused(self.init(self.folder / "nothing.json"), "there is no such file")
        self.assertEqual(self.server.requests, [])

    def test_refuses_a_root_that_somebody_changed_before_any_request(self):
        self.assert_done(self.init())
        path = self.metadata / "root.json"
        path.write_bytes(path.read_bytes().replace(b"2040", b"2041"))
        self.assert_refused(self.refresh(), "root: the metadata is signed by 0")
        self.assertEqual(self.server.requests, [])

    def test_keeps_what_it_had_when_an_update_is_refused(self):
        self.repository.next()
        self.assert_done(self.init())
        self.assert_done(self.refresh())
        before = self.kept()
        self.repository.versions["timestamp"] = 1
        self.repository.publish()
        self.assert_refused(self.refresh(), "timestamp: this is version 1 of the metadata, older than version 2")
        self.assertEqual(self.kept(), before)

    def test_takes_403_and_404_for_no_file_and_nothing_else(self):
        self.assert_done(self.init())
        for status in (403, 404):
            self.server.statuses = {"metadata/2.root.json": status}
            self.assert_done(self.refresh())
        for status in (204, 302, 410, 429, 500, 503):
            self.server.statuses = {"metadata/2.root.json": status}
            self.assert_refused(self.refresh(), f"HTTP status {status}")
            self.assertEqual(self.server.requests, ["metadata/2.root.json"])
        self.server.statuses = {"metadata/2.root.json": 0}
        self.assert_refused(self.refresh(), "metadata/2.root.json")
        self.server.statuses = {"metadata/timestamp.json": 404}
        self.assert_refused(self.refresh(), "there is no \"metadata/timestamp.json\"")

    def test_stops_reading_a_file_that_never_ends(self):
        self.assert_done(self.init())
        for path in ("metadata/2.root.json", "metadata/timestamp.json", "metadata/1.snapshot.json", "metadata/1.targets.json"):
            self.server.endless, self.server.sent = {path}, 0
            self.assert_refused(self.refresh(), "bytes that are taken")
            # What the limits let through, and what lay in the buffers of the sockets.
            self.assertLess(self.server.sent, 32 << 20)

    def test_speaks_http_with_this_machine_only(self):
        self.assert_done(self.init())
        for url in ("http://example.org/", "http://127.0.0.1.example.org/", "http://127.0.0.1:80@example.org/", "ftp://127.0.0.1/", "file:///etc/"):
            self.assert_refused(self.run_tuf("--metadata-dir", self.metadata, "--metadata-url", url, "refresh"), "does not begin with https://")

    def test_stays_in_its_folders_whatever_names_say(self):
        self.repository.delegations = [{"name": "../../evil", "paths": ["*"], "terminating": False}]
        self.repository.delegated = {"../../evil": ("..%2F..%2Fevil", {"deep": self.repository.entry("deep", b"deep")})}
        self.repository.add("../escaped", b"escaped")
        self.repository.publish()
        self.assert_done(self.init())
        self.assert_refused(self.download("../escaped"), "the path of the target leads elsewhere")
        self.assert_done(self.download("deep"))
        self.assertEqual(sorted(self.kept()), ["..%2F..%2Fevil.json", "root.json", "snapshot.json", "targets.json", "timestamp.json"])
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["metadata", "root.json", "targets"])
        self.assertEqual([path.name for path in self.targets.iterdir()], ["deep"])

    def test_says_how_it_is_used(self):
        for arguments, words in (
            ([], "the command is missing"), (["sign"], "the command \"sign\" is not known"), (["--metadata-dir"], "needs a value"),
            (["--metadata-dir", self.metadata, "init"], "takes one file"), (["refresh"], "the option --metadata-dir is missing"),
            (["--metadata-dir", self.metadata, "refresh"], "the option --metadata-url is missing"), (["--insecure", "1", "refresh"], "the option --insecure is not known"),
            (["--metadata-dir", self.metadata, "--metadata-url", "x", "download"], "the option --target-name is missing"),
        ):
            run = self.run_tuf(*arguments)
            self.assert_refused(run, words)
            self.assertIn("usage: greenlane-tuf", run[1])

    def test_says_when_the_folder_is_not_there(self):
        self.metadata.rmdir()
        self.assert_refused(self.init(), "the file cannot be made: No such file or directory")

    @unittest.skipUnless(shutil.which("faketime"), "faketime is not installed")
    def test_goes_by_the_clock_of_the_machine(self):
        self.assert_done(self.init())
        self.assert_done(self.refresh(before=["faketime", "2039-12-31 23:59:00+00:00"]))
        self.assert_refused(self.refresh(before=["faketime", "2040-01-01 00:00:01+00:00"]), "root: version 1 of the metadata has expired at 2040-01-01T00:00:00Z")


if __name__ == "__main__":
    unittest.main(verbosity=1)
