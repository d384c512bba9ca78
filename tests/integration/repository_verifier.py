"""Verifies an authority's repository on its own: signatures, thresholds, versions, dates, hashes, the publication log.

Written from the specifications (TUF 1.0.34, RFC 6962, C2SP signed-note, tlog-checkpoint and tlog-tiles), over python3-cryptography;
nothing of greenlane is used. SM2 is left out, which that library does not know.
"""
import base64
import datetime
import hashlib
import json
import pathlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

ROLES = ("root", "timestamp", "snapshot", "targets")
LIMITS = {"root": 512_000, "timestamp": 16_384, "snapshot": 2_000_000, "targets": 5_000_000}


class Refused(Exception):
    """What a client must not take."""


def need(condition, what):
    if not condition:
        raise Refused(what)


def canonical(value):
    """OLPC canonical JSON."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
    need(value is None or isinstance(value, (bool, int)), f"{value!r} cannot be signed")
    return {None: "null", True: "true", False: "false"}[value] if value is None or isinstance(value, bool) else str(value)


def public_key(key):
    text = key["keyval"]["public"]
    if key["keytype"] == "ed25519":
        return ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))
    return serialization.load_pem_public_key(text.encode())


def verifies(key, message, signature):
    decoded = public_key(key)
    try:
        if key["scheme"] == "ed25519":
            decoded.verify(signature, message)
        elif key["scheme"] == "ecdsa-sha2-nistp256":
            need(isinstance(decoded.curve, ec.SECP256R1), "another curve")
            decoded.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def check_signatures(document, root, role):
    """By as many different keys as `root` asks for."""
    rule, message = root["roles"][role], canonical(document["signed"]).encode()
    need(len(set(rule["keyids"])) == len(rule["keyids"]), f"{role}: a key id twice")
    ids = [one["keyid"] for one in document["signatures"]]
    need(len(set(ids)) == len(ids), f"{role}: two signatures of one key")
    good = set()
    for one in document["signatures"]:
        key = root["keys"].get(one["keyid"]) if one["keyid"] in rule["keyids"] else None
        if key is None:
            continue
        need(hashlib.sha256(canonical(key).encode()).hexdigest() == one["keyid"], f"{role}: a key under an id that is not its own")
        if verifies(key, message, bytes.fromhex(one["sig"])):
            good.add(canonical(key["keyval"]))
    need(len(good) >= rule["threshold"], f"{role}: {len(good)} of {rule['threshold']} signatures")


def read(path, role):
    data = path.read_bytes()
    need(len(data) <= LIMITS[role], f"{path.name}: too large")
    document = json.loads(data)
    need(document["signed"]["_type"] == role, f"{path.name}: not of the type {role}")
    need(document["signed"]["spec_version"].startswith("1.0"), "another version of the specification")
    return document, data


def check_listed(listed, data, document, name):
    need(listed["version"] == document["signed"]["version"], f"{name}: another version than was vouched for")
    need(listed["length"] == len(data), f"{name}: another length")
    need(listed["hashes"] == {"sha256": hashlib.sha256(data).hexdigest()}, f"{name}: another digest")


def check_dates(documents, now):
    for role, document in documents.items():
        expires = datetime.datetime.strptime(document["signed"]["expires"], "%Y-%m-%dT%H:%M:%SZ")
        need(now < expires, f"{role} has expired")


def check_roots(folder, pinned):
    """From the pinned root (bytes) to the newest."""
    root = json.loads(pinned)
    check_signatures(root, root["signed"], "root")
    while (path := folder / "metadata" / f"{root['signed']['version'] + 1}.root.json").exists():
        following, _ = read(path, "root")
        need(following["signed"]["version"] == root["signed"]["version"] + 1, "root: a gap")
        check_signatures(following, root["signed"], "root")
        check_signatures(following, following["signed"], "root")
        root = following
    need(root["signed"]["consistent_snapshot"] is True, "no consistent snapshots")
    return root


def check_target(folder, path, target):
    name = pathlib.PurePosixPath(path)
    place = folder / "targets" / name.parent / f"{target['hashes']['sha256']}.{name.name}"
    data = place.read_bytes()
    need(len(data) == target["length"] and hashlib.sha256(data).hexdigest() == target["hashes"]["sha256"], f"{path}: other bytes")
    if path.startswith("criteria/"):
        pack = json.loads(data)
        need(target["custom"] == {"pack": pack["id"], "revision": pack["revision"]}, f"{path}: other attributes")
        need(path == f"criteria/{pack['id']}/{pack['revision']}.json", f"{path}: not the path of this pack")
    return data


def tree_root(leaves):
    """RFC 6962, section 2.1."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + tree_root(leaves[:split]) + tree_root(leaves[split:])).digest()


def note_key(name, key):
    """Key id in signed notes, and a function that verifies."""
    decoded = serialization.load_pem_public_key(key["public_key"].encode())
    if key["algorithm"] == "ed25519":
        raw = decoded.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return hashlib.sha256(name.encode() + b"\n\x01" + raw).digest()[:4], decoded.verify
    der = decoded.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    key_id = hashlib.sha256(name.encode() + b"\n\xffgreenlane/" + key["algorithm"].encode() + b"\n" + der).digest()[:4]
    return key_id, lambda signature, text: decoded.verify(signature, text, ec.ECDSA(hashes.SHA256()))


def check_note(note, keys, now):
    text, _, signatures = note.partition("\n\n")
    text += "\n"
    origin = keys["log_origin"]
    known = [note_key(origin, key) for key in keys["keys"]
             if "checkpoint" in key["use"] and key["not_before"] <= now <= key["not_after"] and not key.get("revoked_at", "9") <= now]
    for line in signatures.splitlines():
        match = re.fullmatch(r"\u2014 (\S+) (\S+)", line)
        need(match is not None, f"not a signature line: {line!r}")
        data = base64.b64decode(match[2], validate=True)
        for key_id, check in known:
            if match[1] == origin and data[:4] == key_id:
                check(data[4:], text.encode())
                lines = text.splitlines()
                need(lines[0] == origin and len(lines) == 3, "not a checkpoint of this log")
                return int(lines[1]), base64.b64decode(lines[2], validate=True)
    raise Refused("no key of the log has signed the checkpoint")


def tile_name(index, width):
    digits = f"{index:03}" if index < 1000 else f"x{index // 1000:03}/{index % 1000:03}"
    return digits + (f".p/{width}" if width < 256 else "")


def read_entries(folder, size):
    entries = []
    for index in range(0, (size + 255) // 256):
        width = min(256, size - 256 * index)
        data, here = (folder / "log/tile/entries" / tile_name(index, width)).read_bytes(), []
        while data:
            length = int.from_bytes(data[:2], "big")
            here.append(data[2:2 + length])
            data = data[2 + length:]
        need(len(here) == width, "a bundle of another width")
        tile = (folder / "log/tile/0" / tile_name(index, width)).read_bytes()
        need(tile == b"".join(hashlib.sha256(b"\0" + entry).digest() for entry in here), "a tile that is not of these entries")
        entries += here
    return entries


def check_log(folder, keys, targets, now):
    """Every target that is listed must be in it; says the entries."""
    size, root = check_note((folder / "log/checkpoint").read_text("utf-8"), keys, now.strftime("%Y-%m-%dT%H:%M:%SZ"))
    entries = read_entries(folder, size)
    need(tree_root([hashlib.sha256(b"\0" + entry).digest() for entry in entries]) == root,
         "the entries do not make the root of the checkpoint")
    published = [json.loads(entry) for entry in entries]
    for entry, one in zip(entries, published):
        need(entry == json.dumps(one, sort_keys=True, separators=(",", ":")).encode(), "an entry that is not canonical")
    there = {(one["path"], one["digest"], one["length"]) for one in published}
    for path, target in targets.items():
        need((path, "sha256:" + target["hashes"]["sha256"], target["length"]) in there, f"{path} is not in the log")
    return published


def verify(folder, pinned=None, now=None):
    """Follows the repository as a client does; says what it found. Raises Refused."""
    folder = pathlib.Path(folder)
    now = now or datetime.datetime.utcnow()
    root = check_roots(folder, pinned or (folder / "metadata/1.root.json").read_bytes())
    timestamp, _ = read(folder / "metadata/timestamp.json", "timestamp")
    check_signatures(timestamp, root["signed"], "timestamp")
    listed = timestamp["signed"]["meta"]["snapshot.json"]
    snapshot, data = read(folder / f"metadata/{listed['version']}.snapshot.json", "snapshot")
    check_listed(listed, data, snapshot, "snapshot")
    check_signatures(snapshot, root["signed"], "snapshot")
    listed = snapshot["signed"]["meta"]["targets.json"]
    targets, data = read(folder / f"metadata/{listed['version']}.targets.json", "targets")
    check_listed(listed, data, targets, "targets")
    check_signatures(targets, root["signed"], "targets")
    documents = {"root": root, "timestamp": timestamp, "snapshot": snapshot, "targets": targets}
    check_dates(documents, now)
    files = {path: check_target(folder, path, target) for path, target in targets["signed"]["targets"].items()}
    keys = json.loads(files["trust/keys.json"])
    log = check_log(folder, keys, targets["signed"]["targets"], now)
    return {"versions": {role: documents[role]["signed"]["version"] for role in ROLES}, "documents": documents, "keys": keys,
            "targets": targets["signed"]["targets"], "log": log}
