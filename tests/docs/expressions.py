"""```criterion and ```cel: examples of the criteria language.

A criterion may leave out what does not matter to the example. An expression says in a comment behind it what
comes of it for the declaration above (```json declaration):

    item.hs.under("0307")                // true
    item.origin.region_id == "JP-12"     // undetermined: /items/0/origin/region_id
    item.hs.chapter()                    // = "03"
    item.price.amount / 0 > 1            // cannot be computed: division by zero
    item.hs = "0307"                     // refused: '=' is no operator

Without such a comment it only has to type-check.
"""
import json
import re

from blocks import ROOT
from program import write_pack

OUTCOME = re.compile(r"\s*//\s*(true|false|undetermined|cannot be computed|refused|=):?\s*(.*?)\s*$")
TEXT = {"en": "Example", "zh": "示例"}
DEFAULTS = {"version": 1, "domain": "goods", "level": "low", "title": TEXT,
            "legal_basis": [{"ref": "none: an example", "verified": False}],
            "effective": {"from": "2020-01-01", "to": None}}
PLACES = {"items": "item", "equipment": "unit"}


def completed(criterion, number):
    """The criterion with what a pack needs besides."""
    place = PLACES.get(criterion.get("each", ""), "declaration")
    finding = {"code": "EXAMPLE", "message": TEXT, "at": [place]}
    return {"id": f"DOCS.E{number}", "finding": finding, **DEFAULTS, **criterion}


class Expression:
    def __init__(self, source, outcome, detail, place, info, declaration):
        self.source, self.outcome, self.detail = source, outcome, detail
        self.place, self.declaration = place, declaration
        self.criterion = {"when": f"({source}) == ({detail})" if outcome == "=" else source}
        each = info.get("each") or ("items" if re.search(r"\bitem\b", source) else "")
        if each:
            self.criterion["each"] = each
        if "rows" in info:
            self.criterion["rows"] = info["rows"]

    def agrees(self, outcome, detail):
        if not self.outcome:
            return True
        if self.outcome == "=":
            return outcome == "true"
        return self.outcome == outcome and (not self.detail or self.detail == detail)


def read_expressions(block, declaration):
    """One expression ends where a line says what comes of it, at a blank line, or with the block."""
    found, lines, start = [], [], 0
    for number, line in enumerate([*block.text.splitlines(), ""]):
        if line.strip() and not lines:
            start = number
        comment = OUTCOME.match(line[line.rfind("//"):]) if "//" in line else None
        if line.strip():
            lines.append(line[:line.rfind("//")].rstrip() if comment else line)
        if lines and (comment or not line.strip()):
            outcome, detail = (comment[1], comment[2]) if comment else ("", "")
            place = f"{block.page}:{block.line + start}"
            found.append(Expression("\n".join(lines), outcome, detail, place, block.info, declaration))
            lines = []
    return found


def read_mistakes(path):
    """Rows of a table with the head "written | message": expressions that are refused with that message."""
    page, found, inside = str(path.relative_to(ROOT)), [], False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("|"):
            inside = False
        row = re.match(r"^\| `([^`]+)` \| `([^`]+)` \|", line)
        if inside and row:
            found.append(Expression(row[1], "refused", row[2], f"{page}:{number}", {"each": "items"}, None))
        inside = inside or line.startswith("| written | message ")
    return found


def check_refused(workplace, number, expression, lists):
    name = f"refused-{number}"
    write_pack(workplace, name, [completed(expression.criterion, number)], lists)
    status, output = workplace.run(f"greenlane pack lint {name}")
    if status == 0:
        return [f"{expression.place}: type-checks, but should be refused"]
    if expression.detail not in output:
        return [f"{expression.place}: refused for another reason:\n{output}"]
    return []


def errors_of(workplace, name):
    """What lint has against a pack, without its warnings, which say that expressions have no tests."""
    _, output = workplace.run(f"greenlane pack lint {name}")
    return re.sub(r"^warning.*\n", "", output, flags=re.M) if "error  " in output else ""


def outcome_of(assessment, key):
    if any(finding["criterion"] == key for finding in assessment["findings"]):
        return "true", ""
    for unknown in assessment["undetermined"]:
        if unknown["criterion"] == key:
            if "error" in unknown:
                return "cannot be computed", unknown["error"]["message"]
            return "undetermined", ", ".join(unknown["missing"])
    return "false", ""


def check_group(workplace, name, numbered, lists):
    """Screens one declaration against all expressions written about it."""
    declaration = {"format": "greenlane.declaration/1", **(numbered[0][1].declaration or {})}
    write_pack(workplace, name, [completed(e.criterion, n) for n, e in numbered], lists)
    workplace.write(f"{name}/declaration.json", json.dumps(declaration))
    as_of = "" if "declared_on" in declaration else "--as-of 2026-01-15 "
    status, output = workplace.run(
        f"greenlane --format json screen --fail-on never {as_of}--pack {name} {name}/declaration.json")
    if status != 0:
        places = f"{numbered[0][1].place} to {numbered[-1][1].place.split(':')[1]}"
        return [f"{places}: not every expression can be used:\n{errors_of(workplace, name) or output}"]
    assessment = json.loads(output)
    problems = []
    for number, expression in numbered:
        outcome, detail = outcome_of(assessment, f"DOCS.E{number}")
        if not expression.agrees(outcome, detail):
            problems.append(f"{expression.place}: {expression.source}\n"
                            f"    the page says {expression.outcome} {expression.detail}\n"
                            f"    it is         {outcome} {detail}")
    return problems


def check_expressions(workplace, expressions, lists):
    problems, groups = [], {}
    for number, expression in enumerate(expressions):
        if expression.outcome == "refused":
            problems += check_refused(workplace, number, expression, lists)
        else:
            groups.setdefault(json.dumps(expression.declaration), []).append((number, expression))
    for index, numbered in enumerate(groups.values()):
        problems += check_group(workplace, f"expressions-{index}", numbered, lists)
    return problems


def check_criteria(workplace, blocks, lists):
    """All criteria of a page make one pack, which has to pass lint and its own tests."""
    criteria, problems = [], []
    for number, block in enumerate(blocks):
        try:
            criterion = json.loads(block.text)
        except ValueError as problem:
            problems.append(f"{block.place}: no JSON: {problem}")
            continue
        if not criterion.get("tests"):
            problems.append(f"{block.place}: the criterion has no tests")
        criteria.append(completed(criterion, f"C{number}"))
    if not criteria or problems:
        return problems
    write_pack(workplace, "criteria-of-page", criteria, lists)
    for command in ("lint", "test"):
        status, output = workplace.run(f"greenlane pack {command} criteria-of-page")
        if status != 0:
            places = ", ".join(f"{c['id']} {b.place}" for c, b in zip(criteria, blocks))
            problems.append(f"pack {command} ({places}):\n{output}")
    return problems
