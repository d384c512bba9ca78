"""What the pages say about the sources: ceilings, functions, members of documents, links."""
import json
import re

from blocks import ROOT, pages

SUFFIX = re.compile(r"(?<=[0-9A-Fa-f])(?:u|U)?(?:l|L)*\b")


def number_in(source, name):
    """The value given to `name` in a C++ source, where it is a number."""
    found = re.search(rf"\b{re.escape(name)}\s*=\s*([^;,)]+)", source)
    if not found:
        return None
    text = re.sub(r"std::(size_t|uint64_t|int64_t)\{(\w+)\}", r"\2", found[1]).replace("'", "")
    text = SUFFIX.sub("", text).strip(" }")
    return eval(text, {}) if re.fullmatch(r"[0-9<>*+\-() ]+", text) else None  # digits and operators only


def check_limits():
    """A row of a table that ends in `file: name` has to show the number that stands there."""
    page = ROOT / "docs" / "limits.md"
    problems = []
    rows = 0
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        row = re.match(r"^\|(.*)\|\s*`([\w/.]+): (\w+)`\s*\|$", line)
        if not row:
            continue
        rows += 1
        source = ROOT / row[2]
        value = number_in(source.read_text(encoding="utf-8"), row[3]) if source.is_file() else None
        shown = [int(n.replace(",", "")) for n in re.findall(r"[0-9][0-9,]*", row[1])]
        if value is None:
            problems.append(f"docs/limits.md:{number}: {row[2]} gives no number to {row[3]}")
        elif value not in shown:
            problems.append(f"docs/limits.md:{number}: {row[3]} is {value:,}")
    return problems + ([] if rows else ["docs/limits.md: no rows with their place in the source"])


def declared_functions():
    names = set()
    for folder in ("cel", "criteria"):
        for source in sorted((ROOT / "sdk" / "src" / folder).glob("*.cc")):
            text = source.read_text(encoding="utf-8")
            names |= set(re.findall(r"\b(?:function|member|sized|worked)\(\"([A-Za-z.]+)\"", text))
            names |= set(re.findall(r"\.function = \"([A-Za-z.]+)\"", text))
            names |= set(re.findall(r"add_part<[\w:]+>\(declare, \"(\w+)\"\)", text))
    return {name for name in names if "@" not in name}


def check_functions():
    page = (ROOT / "docs" / "criteria-language.md").read_text(encoding="utf-8")
    rows = "\n".join(line for line in page.splitlines() if line.startswith("|"))
    return [f"docs/criteria-language.md: the tables do not mention {name}()"
            for name in sorted(declared_functions()) if not re.search(rf"\b{re.escape(name)}\(", rows)]


def members(schema):
    found = set()
    if isinstance(schema, dict):
        found |= {key for key in schema.get("properties", {})}
        for value in schema.values():
            found |= members(value)
    elif isinstance(schema, list):
        for value in schema:
            found |= members(value)
    return found


def check_members():
    problems = []
    for name, page in (("mapping", "mappings.md"), ("criteria", "writing-packs.md")):
        schema = json.loads((ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        problems += [f"docs/{page}: says nothing about \"{member}\" of schema/{name}.schema.json"
                     for member in sorted(members(schema)) if f"`{member}`" not in text]
    return problems


def variable_of(schema, path):
    """What an expression calls one element of the array at a dotted path; None where there is none."""
    node = schema
    for name in path.split("."):
        node = node.get("items", node) if node.get("type") in ("array", ["array", "null"]) else node
        node = resolved(schema, node).get("properties", {}).get(name)
        if node is None:
            return None
        node = resolved(schema, node)
    return node.get("x-variable")


def resolved(schema, node):
    while "$ref" in node:
        own = {key: value for key, value in node.items() if key != "$ref"}
        node = {**schema["definitions"][node["$ref"].rsplit("/", 1)[1]], **own}
    return node


def check_variables():
    """Rows `path` | `declaration`, `…` of the table of names."""
    schema = json.loads((ROOT / "schema" / "declaration.schema.json").read_text(encoding="utf-8"))
    problems = []
    page = (ROOT / "docs" / "criteria-language.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_.]+)` \| `declaration`, (.*) \|$", page, flags=re.M)
    for path, names in rows:
        shown, variable = re.findall(r"`(\w+)`", names)[-1], variable_of(schema, path)
        if variable != shown:
            problems.append(f"docs/criteria-language.md: an element of {path} is {variable}, not {shown}")
    return problems + ([] if rows else ["docs/criteria-language.md: the table of names is not there"])


def anchors(text):
    """Headings as GitHub names them."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.*)$", prose, flags=re.M)}


def check_links():
    problems = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        prose = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
        for target in re.findall(r"\]\(([^)\s]+)\)", prose):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            if not file.exists():
                problems.append(f"{page.relative_to(ROOT)}: links to {target}, which is not there")
            elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text(encoding="utf-8")):
                problems.append(f"{page.relative_to(ROOT)}: links to {target}, which has no such heading")
    return problems
