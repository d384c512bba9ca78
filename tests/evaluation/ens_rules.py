"""The rules for UK entry summaries, evaluated as their README says and without greenlane.

Reads rules/ and rule-sets.json below GREENLANE_TEST_DATA/ens. An evaluation takes the text of one message and
gives the codes that are raised, each with the path of the element it is raised at.
"""
import collections
import functools
import json
import math
import os
import pathlib
import re
import xml.etree.ElementTree as ElementTree

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("GREENLANE_TEST_DATA", CHECKOUT.parent / "shared" / "data")) / "ens"

TOKEN = re.compile(r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[A-Za-z_]\w*)
    |(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<sign>&&|\|\||==|!=|<=|>=|->|[-<>!+*(){},.]))""", re.VERBOSE | re.DOTALL)
BINARY = (("||",), ("&&",), ("==", "!="), ("<", "<=", ">", ">="), ("+",), ("*",))
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
# What Java's trim() cuts, as far as XML can hold it, and what its \s and . stand for.
BLANKS = " \t\n\r"
LINE_ENDS = "\\n\\r\\u0085\\u2028\\u2029"


class Element:
    """An element with its parent; the document itself is the element without a name."""

    def __init__(self, node, parent, step):
        self.parent, self.step = parent, step
        self.name = node.tag.rsplit("}", 1)[-1] if node is not None else ""
        self.node, self.children, self.by_name = node, [], collections.defaultdict(list)

    @property
    def text(self):
        return "".join(self.node.itertext())

    @property
    def location(self):
        return self.parent.location + self.step if self.parent else ""


def read_message(text):
    """The document; every element has its children and its step of the location, such as /ITI[2]."""
    prefix = re.search(r"<(?:([\w.-]+):)?[\w.-]+(?=[\s>/])(?![^<]*\?>)", re.sub(r"<\?.*?\?>|<!--.*?-->", "", text, flags=re.DOTALL))[1]
    document = Element(None, None, "")

    def add(node, parent):
        name = node.tag.rsplit("}", 1)[-1]
        shown = f"{prefix}:{name}" if prefix and parent is document else name
        element = Element(node, parent, f"/{shown}[{len(parent.by_name[name]) + 1}]")
        parent.children.append(element)
        parent.by_name[name].append(element)
        for child in node:
            add(child, element)

    add(ElementTree.fromstring(text.encode()), document)
    return document


def select(element, path):
    at = [element]
    if path.startswith("/"):
        while at[0].parent:
            at = [at[0].parent]
    for step in path.split("/"):
        if step in ("", "."):
            continue
        at = [e.parent for e in at if e.parent] if step == ".." else [c for e in at for c in e.by_name.get(step.rsplit(":", 1)[-1], ())]
    return at


def to_number(text):
    text = text.strip(BLANKS)
    return float(text) if NUMBER.fullmatch(text) else math.nan


def to_int(text):
    text = text.strip(BLANKS)
    value = int(text) if re.fullmatch(r"[+-]?[0-9]+", text) else 2**31
    return value if -2**31 <= value < 2**31 else None


@functools.lru_cache(maxsize=None)
def java_pattern(pattern):
    """In Java a point is anything but a line end, of which there are five; classes of characters stay as they are."""
    return re.compile(re.sub(r"(\\.)|(\[(?:[^\]\\]|\\.)*\])|\.", lambda m: m[1] or m[2] or f"[^{LINE_ENDS}]", pattern), re.ASCII)


class Functions:
    """What a test may call, about one element."""

    def __init__(self, element):
        self.element = element

    def find(self, path):
        return select(self.element, path)

    def texts(self, path):
        return [e.text for e in self.find(path)]

    def exists(self, path, closure=None):
        found = self.find(path)
        return any(closure(self, Functions(e)) for e in found) if closure else bool(found)

    def getValue(self, path):
        return next((e.text for e in self.find(path)), "")

    def trim(self, path):
        return self.getValue(path).strip(BLANKS)

    def number(self, path):
        return to_number(self.getValue(path))

    def intOrElse(self, path, other):
        value = to_int(self.getValue(path))
        return other if value is None else value

    def applyRegex(self, path, pattern):
        found = self.find(path)
        return bool(found) and java_pattern(pattern).fullmatch(found[0].text) is not None

    def sum(self, path):
        return sum((to_number(text) for text in self.texts(path)), 0.0)

    def count(self, path):
        return len(self.find(path))

    def countEquals(self, path, text):
        return sum(t.strip(BLANKS) == text for t in self.texts(path))

    def countDistinct(self, path, trimmed):
        return len({t.strip(BLANKS) if trimmed else t for t in self.texts(path)})

    def countDistinctChildCount(self, path):
        return len({len(e.children) for e in self.find(path)})

    def existsForAll(self, path, below, text):
        return all(Functions(e).countEquals(below, text) > 0 for e in self.find(path))

    def areIndices(self, path):
        return all(to_int(t) == i + 1 for i, t in enumerate(self.texts(path)))

    def substringAfter(self, text, mark):
        return text.partition(mark)[2]


setattr(Functions, "not", lambda self, path: not self.find(path))
METHODS = {"startsWith": lambda s, t: s.startswith(t), "contains": lambda s, t: t in s, "length": len, "take": lambda s, n: s[:n]}
OPERATIONS = {"==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
              ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "+": lambda a, b: a + b, "*": lambda a, b: a * b}


class Parser:
    """Makes of a test a function of Functions (and of the names that closures bring in)."""

    def __init__(self, source):
        self.tokens, at = [], 0
        source = source.rstrip()
        while at < len(source):
            match = TOKEN.match(source, at)
            if not match:
                raise ValueError(f"cannot read {source[at:]!r}")
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        self.tokens.append(("end", ""))
        self.at = 0

    def take(self, *signs):
        if self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def expect(self, sign):
        if not self.take(sign):
            raise ValueError(f"expected {sign}, found {self.tokens[self.at]}")

    def parse(self):
        made = self.binary(0)
        if self.tokens[self.at][0] != "end":
            raise ValueError(f"unexpected {self.tokens[self.at]}")
        return made

    def binary(self, level):
        if level == len(BINARY):
            return self.unary()
        left = self.binary(level + 1)
        while sign := self.take(*BINARY[level]):
            left = self.join(sign, left, self.binary(level + 1))
        return left

    @staticmethod
    def join(sign, a, b):
        if sign == "||":
            return lambda f, n: a(f, n) or b(f, n)
        if sign == "&&":
            return lambda f, n: a(f, n) and b(f, n)
        return lambda f, n: OPERATIONS[sign](a(f, n), b(f, n))

    def unary(self):
        if self.take("!"):
            inner = self.unary()
            return lambda f, n: not inner(f, n)
        made = self.primary()
        while self.take("."):
            made = self.method(made)
        return made

    def method(self, target):
        name = self.name()
        arguments = self.arguments()

        def call(f, n):
            value, values = target(f, n), [a(f, n) for a in arguments]
            return METHODS[name](value, *values) if isinstance(value, str) else getattr(value, name)(*values)
        return call

    def name(self):
        kind, text = self.tokens[self.at]
        if kind != "name":
            raise ValueError(f"expected a name, found {text!r}")
        self.at += 1
        return text

    def arguments(self):
        self.expect("(")
        made = []
        while not self.take(")"):
            made.append(self.closure() if self.take("{") else self.binary(0))
            self.take(",")
        return made

    def closure(self):
        names = []
        while not self.take("->"):
            self.name()
            names.append(self.name())
            self.take(",")
        body = self.binary(0)
        self.expect("}")
        return lambda f, n: lambda *values: body(f, {**n, **dict(zip(names, values))})

    def primary(self):
        kind, text = self.tokens[self.at]
        if self.take("("):
            inner = self.binary(0)
            self.expect(")")
            return inner
        self.at += 1
        if kind == "number":
            value = float(text) if "." in text else int(text)
            return lambda f, n: value
        if kind == "text":
            value = re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
            return lambda f, n: value
        if kind != "name":
            raise ValueError(f"unexpected {text!r}")
        if text in ("true", "false"):
            return lambda f, n: text == "true"
        if self.tokens[self.at] != ("sign", "("):
            return lambda f, n: n[text]
        arguments = self.arguments()
        return lambda f, n: getattr(f, text)(*(a(f, n) for a in arguments))


class RuleSet:
    def __init__(self, name, data=DATA):
        chosen = json.loads((data / "rule-sets.json").read_text(encoding="utf-8"))[name]
        self.rules = []
        for file in chosen["rules"]:
            rule = json.loads((data / "rules" / file).read_text(encoding="utf-8"))
            tests = [(a["errorCode"], Parser(a["test"]).parse()) for a in rule["asserts"]]
            self.rules.append((chosen["element_base"] + rule["element"], tests))

    def raised(self, text):
        """The codes that the message raises, sorted, each with its location."""
        document = read_message(text)
        return sorted((code, element.location) for path, tests in self.rules for element in select(document, path)
                      for code, test in tests if not test(Functions(element), {}))


def read_cases(data=DATA):
    with open(data / "cases-315.ndjson", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
