"""Reads the fenced blocks of a Markdown page."""
import dataclasses
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass
class Block:
    language: str
    info: dict  # "declaration" -> True, "each=items" -> {"each": "items"}
    text: str
    page: str
    line: int  # of its first line of text

    @property
    def place(self):
        return f"{self.page}:{self.line}"

    def word(self, at):
        """The word at a position among the words without '='."""
        words = [key for key, value in self.info.items() if value is True]
        return words[at] if at < len(words) else ""


def read_info(text):
    info = {}
    for word in text.split():
        key, equals, value = word.partition("=")
        info[key] = value if equals else True
    return info


def read_blocks(path):
    """The blocks of a page, in order; a fence that is never closed is an error."""
    page = str(path.relative_to(ROOT))
    blocks, fence = [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        opening = re.match(r"^\s*```(\w*)\s*(.*)$", line)
        if fence is None and opening:
            fence = Block(opening[1], read_info(opening[2]), "", page, number + 1)
        elif fence is not None and line.strip() == "```":
            blocks.append(fence)
            fence = None
        elif fence is not None:
            fence.text += line + "\n"
    if fence is not None:
        raise SystemExit(f"{fence.place}: a block without its end")
    return blocks


def pages():
    """README.md and the guides; decision records have no examples to run."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
