#!/usr/bin/env python3
"""Breaks each rule of the figures once, and names the case that sees it.

    python3 tests/mutants/run.py [WORD…]      from the root of the repository; WORD: only the mutants whose file or rule has it

The mutants are `tests/mutants/figures.toml`: a file, the rule, the text that says it, the text that breaks it, and what fails
then. The tables of cases are tried first, the unit tests and the laws only where the tables see nothing. Each file is put back
as it was. Exit 1: a mutant lives that is not known to mean the same, or its text is no longer in the file exactly once.
"""
import re
import subprocess
import sys
import tomllib

TESTS = [
    ["--test", "figures", "--", "judged", "read_by"],
    ["--lib", "figures"],
    ["--test", "figures", "--", "laws"],
]


def cargo(arguments):
    command = ["cargo", "test", "--quiet", "--no-default-features", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=900)
    return run.returncode, run.stdout + run.stderr


def killer(output):
    """The first row that differs, or the first test that fails."""
    row = re.search(r'(?:rows|cases|pairs) differ\n(".*")(?:\n(".*"))?', output)
    if row:
        return " / ".join(text for text in row.groups() if text)
    test = re.search(r"---- (\S+) stdout", output)
    if test:
        return test.group(1)
    return "does not build" if "could not compile" in output else "stopped"


def judge(mutant):
    path = f"src/figures/{mutant['file']}.rs"
    text = open(path, encoding="utf-8").read()
    if text.count(mutant["old"]) != 1:
        return "stale"
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(mutant["old"], mutant["new"]))
        for arguments in TESTS:
            try:
                code, output = cargo(arguments)
            except subprocess.TimeoutExpired:
                return "runs for ever"
            if code:
                return killer(output)
        return "lives"
    finally:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def main():
    with open("tests/mutants/figures.toml", "rb") as file:
        mutants = tomllib.load(file)["mutant"]
    wanted = [m for m in mutants if all(word in m["file"] + " " + m["rule"] for word in sys.argv[1:])]
    wrong = 0
    for mutant in wanted:
        found = judge(mutant)
        same = found == "lives" and mutant["fails"].startswith("nothing:")
        wrong += found in ("lives", "stale", "does not build") and not same
        print(f"{mutant['file']}: {mutant['rule']}\t{found}", flush=True)
    print(f"{len(wanted)} mutants, {wrong} to look at")
    return 1 if wrong else 0


sys.exit(main())
