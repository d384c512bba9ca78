"""```console: commands that start with "$ ", and what they print.

A line "…" in the output stands for any lines, "…" within a line for any text. A status other than 0 has to be
shown by `$ echo $?` behind the command. Without output the page only says that the command succeeds.
"""
import re


def read_steps(block):
    steps = []
    for line in block.text.splitlines():
        if steps and steps[-1][0].endswith("\\") and not steps[-1][1]:
            steps[-1][0] = steps[-1][0][:-1] + line.strip()
        elif line.startswith("$ "):
            steps.append([line[2:], []])
        elif steps:
            steps[-1][1].append(line.rstrip())
    return steps


def matches(wanted, lines):
    """Whether the lines are what the page shows."""
    pattern = ""
    for line in wanted:
        if line.strip() == "…":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part) for part in line.split("…")) + r"\n"
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in lines)) is not None


def check_console(workplace, block):
    problems, pending = [], None
    for command, wanted in read_steps(block):
        if command == "echo $?":
            if pending is None or wanted[:1] != [str(pending[1])]:
                problems.append(f"{block.place}: the page says status {wanted[:1]} of {pending and pending[:2]}")
            pending = None
            continue
        if pending and pending[1] != 0:
            problems.append(f"{block.place}: {pending[0]}\n    fails with status {pending[1]}:\n{pending[2]}")
        status, output = workplace.run(command)
        pending = (command, status, output)
        if wanted and not matches(wanted, output.splitlines()):
            problems.append(f"{block.place}: $ {command}\n    prints (status {status})\n{output}")
    if pending and pending[1] != 0:
        problems.append(f"{block.place}: {pending[0]}\n    fails with status {pending[1]}:\n{pending[2]}")
    return problems
