"""Runs greenlane in a folder that looks like the root of the repository."""
import json
import os
import pathlib
import subprocess
import tempfile

from blocks import ROOT

BIN = os.path.abspath(os.environ.get("GREENLANE_BIN") or ROOT / "build" / "release" / "bin")
HIDDEN = {"build", ".git", ".cache"}


class Workplace:
    """A folder with links to what is in the repository, where a page may put files of its own."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="greenlane-docs-")
        self.path = pathlib.Path(self._folder.name)
        for entry in ROOT.iterdir():
            if entry.name not in HIDDEN:
                (self.path / entry.name).symlink_to(entry)

    def write(self, name, text):
        target = self.path / name
        if (ROOT / name).exists():
            raise SystemExit(f"an example would write {name}, which is in the repository")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def run(self, command):
        """Exit status, and the standard output with the standard error behind it."""
        environment = dict(os.environ, PATH=BIN + os.pathsep + os.environ["PATH"], LC_ALL="C.UTF-8", LANG="")
        done = subprocess.run(["bash", "-c", command], cwd=self.path, env=environment, text=True, timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return done.returncode, done.stdout + done.stderr

    def close(self):
        self._folder.cleanup()


def write_pack(workplace, name, criteria, lists):
    workplace.write(f"{name}/pack.json", json.dumps({
        "format": "greenlane.criteria/1", "id": "docs", "revision": 1,
        "title": {"en": "Examples", "zh": "示例"},
        "authority": {"id": "docs", "name": {"en": "Documentation", "zh": "文档"}},
        "jurisdiction": "CN", "published_at": "2026-01-01T00:00:00Z", "utc_offset": "+08:00",
        "applies_to": "greenlane.declaration/1"}))
    for file, text in lists.items():
        workplace.write(f"{name}/lists/{file}", text)
    workplace.write(f"{name}/criteria/all.json", json.dumps(criteria))
