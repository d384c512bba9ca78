"""Somebody with the keys of an authority's holders, who publishes what greenlane-gateway would not."""
import base64
import hashlib
import json
import struct

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

ORIGIN = "customs.example/criteria"


def canonical(value):
    """What TUF signs; the texts here have nothing that is escaped."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def tree_root(leaves):
    """RFC 6962, section 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\1" + tree_root(leaves[:split]) + tree_root(leaves[split:])).digest()


class Forger:
    def __init__(self, authority, repo=None):
        self.authority, self.repo = authority, repo or authority.repo
        self.root = self.latest("root")["signed"]

    def private(self, name):
        return load_pem_private_key(self.authority.key(name).read_bytes(), None)

    @staticmethod
    def raw(key):
        return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def latest(self, role):
        if role == "timestamp":
            return json.loads((self.repo / "metadata/timestamp.json").read_bytes())
        files = (self.repo / "metadata").glob(f"*.{role}.json")
        return json.loads(max(files, key=lambda path: int(path.name.split(".")[0])).read_bytes())

    def signature(self, name, body):
        key = self.private(name)
        key_id = next(i for i, entry in self.root["keys"].items() if entry["keyval"]["public"] == self.raw(key).hex())
        return {"keyid": key_id, "sig": key.sign(canonical(body)).hex()}

    def issue(self, role, names, change):
        """The next version of a role, signed."""
        body = self.latest(role)["signed"]
        body["version"] += 1
        change(body)
        content = json.dumps({"signatures": [self.signature(name, body) for name in names], "signed": body}).encode()
        name = "timestamp.json" if role == "timestamp" else f"{body['version']}.{role}.json"
        (self.repo / "metadata" / name).write_bytes(content)
        return {"version": body["version"], "length": len(content), "hashes": {"sha256": hashlib.sha256(content).hexdigest()}}

    def release(self, change_targets):
        targets = self.issue("targets", ["targets1", "targets2"], change_targets)
        snapshot = self.issue("snapshot", ["snapshot"], lambda body: body.update(meta={"targets.json": targets}))
        self.issue("timestamp", ["timestamp"], lambda body: body.update(meta={"snapshot.json": snapshot}))

    def publish(self, pack_id, revision, content, logged=True):
        """Lists any bytes as that revision of a pack."""
        path = f"criteria/{pack_id}/{revision}.json"
        digest = hashlib.sha256(content).hexdigest()
        place = self.repo / "targets" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.with_name(f"{digest}.{place.name}").write_bytes(content)
        if logged:
            self.append({"path": path, "digest": f"sha256:{digest}", "length": len(content), "published_at": "2026-01-01T00:00:00Z"})
        entry = {"length": len(content), "hashes": {"sha256": digest}, "custom": {"pack": pack_id, "revision": revision}}
        self.release(lambda body: body["targets"].__setitem__(path, entry))

    def entries(self):
        bundle = max((self.repo / "log/tile/entries/000.p").iterdir(), key=lambda path: int(path.name)).read_bytes()
        entries = []
        while bundle:
            (length,) = struct.unpack(">H", bundle[:2])
            entries.append(bundle[2:2 + length])
            bundle = bundle[2 + length:]
        return entries

    def write_log(self, entries):
        bundle = b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)
        (self.repo / f"log/tile/entries/000.p/{len(entries)}").write_bytes(bundle)
        text = f"{ORIGIN}\n{len(entries)}\n{base64.b64encode(tree_root(entries)).decode()}\n"
        key = self.private("log")
        key_hash = hashlib.sha256(ORIGIN.encode() + b"\n\x01" + self.raw(key)).digest()[:4]
        line = base64.b64encode(key_hash + key.sign(text.encode())).decode()
        (self.repo / "log/checkpoint").write_text(f"{text}\n— {ORIGIN} {line}\n", "utf-8")

    def append(self, entry):
        self.write_log([*self.entries(), canonical(entry)])
