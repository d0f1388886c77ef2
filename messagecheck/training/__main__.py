"""`python -m messagecheck.training COMMAND …`: a row of the table a model."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import cast

from messagecheck.errors import MessagecheckError

COMMANDS = {
    "encoder": "messagecheck.training.encoder",
    "english": "messagecheck.training.english",
    "gate": "messagecheck.training.gate",
    "judge": "messagecheck.training.judge",
    "export": "messagecheck.training.export",
    "restore": "messagecheck.training.restore",
    "calibrate": "messagecheck.training.calibration",
    "standing": "messagecheck.training.standing",
    "terms": "messagecheck.training.terms",
}
"""Command → the module whose `main(arguments)` it is; imported only when it is asked for."""


def main(arguments: Sequence[str]) -> int:
    """Run the named command; 2 for an unknown name or an error of ours, told in one line."""
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        print(f"usage: python -m messagecheck.training {'|'.join(COMMANDS)} …", file=sys.stderr)  # noqa: T201 (a command's own output)
        return 2
    command = cast("Callable[[Sequence[str]], int | None]", import_module(COMMANDS[name]).main)
    try:
        return command(arguments[1:]) or 0
    except MessagecheckError as error:
        print(error, file=sys.stderr)  # noqa: T201 (a command's own output)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
