"""greenlane-gateway under test, and an authority with its holders."""
import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

from program import PROGRAM, Case, Run, criterion, declaration, pack  # noqa: F401

GATEWAY = PROGRAM.with_name("greenlane-gateway")
ORIGIN = "customs.example/criteria"
MEMORY = "/dev/shm"
# Every change is brought to the disk before the next one: in a folder in memory that costs nothing.
tempfile.tempdir = MEMORY if os.access(MEMORY, os.W_OK) else None


def environment(extra=None):
    kept = {name: os.environ[name] for name in ("PATH", "UBSAN_OPTIONS", "TSAN_OPTIONS") if name in os.environ}
    # faketime and other libraries that are loaded first do no harm to the address sanitizer.
    asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0"]))
    return {**kept, "ASAN_OPTIONS": asan, "LC_ALL": "C", **(extra or {})}


def gateway(*arguments, before=(), extra=None, timeout=300):
    command = [*map(str, before), str(GATEWAY), *map(str, arguments)]
    return Run(subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment(extra), timeout=timeout))


def sample_pack(revision=1, pack_id="test-pack", criteria=1):
    tests = [{"name": "hits", "declaration": {"lrn": "x"}, "expect": "hit"}]
    made = [criterion("declaration.lrn == 'x'", id=f"T.N{number}", tests=tests) for number in range(criteria)]
    return pack(made, id=pack_id, revision=revision)


class Authority:
    """A repository, and the keys of its holders: root 2 of 3, targets 2 of 2."""

    HOLDERS = ("root1", "root2", "root3", "targets1", "targets2")
    MACHINES = ("snapshot", "timestamp", "log")

    def __init__(self, folder, algorithms=None):
        self.folder, self.repo, self.keys = folder, folder / "repo", folder / "keys"
        self.keys.mkdir(parents=True)
        for number, name in enumerate((*self.HOLDERS, *self.MACHINES)):
            self.new_key(name, (algorithms or {}).get(name, "ed25519"))
        self.before = ()

    def new_key(self, name, algorithm="ed25519"):
        run = gateway("key", "new", self.keys / name, "--algorithm", algorithm)
        assert run.status == 0, run.err
        return self.key(name)

    def key(self, name):
        return self.keys / name

    def signing(self, *names):
        """Options with which those holders sign at once."""
        return [part for name in names for part in ("--sign", self.key(name))]

    def public(self, name):
        return self.keys / f"{name}.pub"

    def run(self, *arguments, **more):
        return gateway("repo", "--repo", self.repo, *arguments, before=more.pop("before", self.before), **more)

    def init(self, *more, sign=()):
        return self.run("init", "--root-key", *(self.public(f"root{n}") for n in (1, 2, 3)), "--root-threshold", 2,
                        "--targets-key", *(self.public(f"targets{n}") for n in (1, 2)), "--targets-threshold", 2,
                        "--snapshot-key", self.key("snapshot"), "--timestamp-key", self.key("timestamp"),
                        "--log-key", self.key("log"), "--log-origin", ORIGIN, *more,
                        *(["--sign", *(self.key(name) for name in sign)] if sign else []))

    def sign(self, *names, repo=None, **more):
        return gateway("repo", "sign", "--repo", repo or self.repo, "--key", *(self.key(name) for name in names), before=self.before,
                       **more)

    def start(self):
        """A first release without packs."""
        run = self.init(sign=("root1", "root2", "targets1", "targets2"))
        assert run.status == 0 and "Released." in run.out, run.out + run.err
        return self

    def copy(self, name):
        """As a holder takes it to another machine."""
        place = self.folder / name
        shutil.copytree(self.repo, place)
        return place

    def first_root(self):
        return (self.repo / "metadata/1.root.json").read_bytes()

    def state(self, folders=("metadata", "targets", "log", "staged")):
        """Path -> bytes of all files."""
        paths = [path for folder in folders for path in sorted((self.repo / folder).rglob("*")) if path.is_file()]
        return {str(path.relative_to(self.repo)): path.read_bytes() for path in paths}


@contextlib.contextmanager
def served(repo, tls, seconds=120, log=subprocess.PIPE):
    """The base URL of a running server; it ends by itself after `seconds` at the latest. A pipe that nobody reads is full after some
    hundreds of requests: tests with more need another `log`."""
    port_file = tls / "port"
    port_file.unlink(missing_ok=True)
    command = [str(GATEWAY), "serve", "--repo", str(repo), "--port", "0", "--certificate", str(tls / "server.pem"), "--key",
               str(tls / "server.key"),
               "--port-file", str(port_file), "--seconds", str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment()) as process:
        try:
            line = process.stdout.readline().decode().strip()
            if not line:
                raise AssertionError(process.stderr.read().decode() if process.stderr else "the server has not started")
            yield line.removesuffix("/v1/criteria/"), process
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(20)
