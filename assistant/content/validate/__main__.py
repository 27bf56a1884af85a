"""Command line: `python -m assistant.content.validate`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assistant.content.validate import validate
from assistant.content.validate.rasa_data import rasa_data_validate
from assistant.settings import ROOT


def main(arguments: list[str] | None = None) -> int:
    """Check content, answers and examples.

    Returns:
        1 if anything is wrong, else 0; warnings do not count.
    """
    parser = argparse.ArgumentParser(description="Check content, answers and examples.")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project folder")
    parser.add_argument("--rasa", action="store_true", help="also run `rasa data validate`")
    options = parser.parse_args(arguments)

    problems = validate(options.root)
    errors = sum(problem.level == "error" for problem in problems)
    lines = [str(problem).replace(f"{options.root}/", "") for problem in problems]
    lines.append(f"{errors} errors, {len(problems) - errors} warnings")
    passed = True
    if options.rasa:
        passed, output = rasa_data_validate(options.root)
        lines.append("rasa data validate: " + ("passed" if passed else f"failed\n{output}"))
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if errors or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
