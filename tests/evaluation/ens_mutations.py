"""Messages like the judged ones, changed at random: what the rules look at is removed, added, doubled, emptied, swapped
and written in other ways. The same seed gives the same messages.
"""
import random
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape

REPEATED = {"GOOITEGDS", "PACGS2", "SPEMENMT2", "PRODOCDC2", "IDEMEATRAGI970", "ITI", "SEAID529", "CONNR2", "CUSOFFSENT740"}
NUMBERS = ("0", "1", "2", "3", "4", "8", "10", "11", "00", "01", "+1", "-1", "+4", "1.0", "1.", ".5", "0.0", "1e0", "1E1", "4e0", "10e-1",
           "1 0", "1,5", "x", "", " 1", "1\n", "\t4 ", "\u00a01", "99999", "2147483647", "2147483648", "12345678901", "123456789012",
           "1.2345", "1.0001", "0.30000000000000004", "1e400", "--1", "+-1", "1-", "1_0")
TEXTS = ("GB123456789000", "GB", "gb123", "FR123", " GB123", "", " ", "10600", " 10600 ", "10601", "C", "D", "E", " E", "A", "c", "VQ", "VR ", "NE",
         "NF", "CT", "vq", "XFER", "XFERa", "XFERa:b", " XFERa-b ", "XFER a", "xfer", "aXFER", "a\nb", "AB1234", "ABC1D", "1234567", "12345678",
         "123456789", "GB1/1234567890", "GB12345678901234/1234567890", "G1/1234567890", "GB\n1/0123456789", "example", "é", "a\u2028b", "a\u0085")
# What an amendment has in the place of parts of a declaration.
AMENDMENT = {"RefNumHEA4": "DocNumHEA5", "DecPlaHEA394": "AmdPlaHEA598", "DecPlaHEA394LNG": "AmdPlaHEA598LNG", "DecDatTimHEA114": "DatTimAmeHEA113"}
DATES = {"DatOfPreMES9"}


class Part:
    """A part of a message that may be changed: either children or text."""

    def __init__(self, name, children=None, text=""):
        self.name, self.children, self.text = name, children, text

    @classmethod
    def of(cls, node):
        name = node.tag.rsplit("}", 1)[-1]
        group = len(node) > 0 or name.isupper() or name[:3].isupper()
        return cls(name, [cls.of(child) for child in node] if group else None, node.text or "")

    def copy(self):
        return Part(self.name, None if self.children is None else [c.copy() for c in self.children], self.text)

    def write(self, renamed):
        name = renamed.get(self.name, self.name)
        inner = escape(self.text, {"\r": "&#13;"}) if self.children is None else "".join(c.write(renamed) for c in self.children)
        return f"<{name}>{inner}</{name}>"

    def below(self):
        """Every part below this one, each with the part around it."""
        for child in self.children or ():
            yield self, child
            yield from child.below()


def write_message(root, number):
    renamed = AMENDMENT if number == "313" else {}
    body = "".join(c.write(renamed) for c in root.children)
    return f'<ie:CC{number}A xmlns:ie="http://ics.dgtaxud.ec/CC{number}A">{body}</ie:CC{number}A>'


class Mutator:
    def __init__(self, cases, donor, seed):
        self.random = random.Random(seed)
        self.bases = [Part.of(ElementTree.fromstring(c["xml"].encode())) for c in cases if len(c["xml"]) < 12_000]
        self.donor = Part.of(ElementTree.fromstring(donor))
        self.values = {}
        for base in self.bases:
            for _, part in base.below():
                if part.children is None:
                    self.values.setdefault(part.name, set()).add(part.text)
        self.values = {name: sorted(values) for name, values in self.values.items()}

    def message(self):
        root = self.random.choice(self.bases).copy()
        for _ in range(self.random.choice((1, 1, 2, 3, 5, 8))):
            self.random.choice((self.remove, self.double, self.add, self.add, self.empty, self.rewrite, self.rewrite, self.replace, self.replace,
                                self.replace, self.swap))(root)
        return root

    def some(self, root, wanted):
        found = [(around, part) for around, part in root.below() if part.name not in DATES and wanted(part)]
        return self.random.choice(found) if found else (None, None)

    def remove(self, root):
        around, part = self.some(root, lambda p: True)
        if part:
            around.children.remove(part)

    def double(self, root):
        around, part = self.some(root, lambda p: p.name in REPEATED)
        if part:
            around.children.insert(around.children.index(part), part.copy())

    def add(self, root):
        """Something that the donor has at the same place."""
        place, new = self.random.choice(list(self.donor.below()))
        places = [root] if place is self.donor else [p for _, p in root.below() if p.name == place.name]
        if not places:
            return
        around = self.random.choice(places)
        if new.name in REPEATED or all(c.name != new.name for c in around.children):
            new = new.copy()
            if new.children and self.random.random() < 0.5:
                new.children = [c for c in new.children if self.random.random() < 0.5]
            around.children.insert(self.random.randint(0, len(around.children)), new)

    def empty(self, root):
        _, part = self.some(root, lambda p: True)
        if part:
            part.children, part.text = (None if part.children is None else []), ""

    def leaf(self, root):
        return self.some(root, lambda p: p.children is None)[1]

    def rewrite(self, root):
        part = self.leaf(root)
        if part:
            part.text = self.random.choice((str.upper, str.lower, lambda t: " " + t, lambda t: t + "\n ", lambda t: "0" + t, lambda t: "+" + t,
                                            lambda t: t + ".0", lambda t: t + "\r", lambda t: "\u00a0" + t, lambda t: t[1:], lambda t: t * 2))(part.text)

    def replace(self, root):
        part = self.leaf(root)
        if part:
            pool = self.random.choice((self.values.get(part.name) or TEXTS, NUMBERS, TEXTS))
            part.text = self.random.choice(pool)

    def swap(self, root):
        a, b = self.leaf(root), self.leaf(root)
        if a and b:
            a.text, b.text = b.text, a.text
