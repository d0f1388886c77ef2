"""The command line: parse, call, print. What is slow to import is imported inside the command that needs it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

import messagecheck
from messagecheck.cli.calibrating import calibrate
from messagecheck.cli.calls import transcript
from messagecheck.cli.canons import canon
from messagecheck.cli.crawling import crawl
from messagecheck.cli.documents import init
from messagecheck.cli.drifting import drift
from messagecheck.cli.evaluating import evaluate
from messagecheck.cli.explaining import explain
from messagecheck.cli.impacting import impact
from messagecheck.cli.keeping import history
from messagecheck.cli.scanning import baseline, check, demo, scan
from messagecheck.cli.terms import terms
from messagecheck.display import visible
from messagecheck.errors import MessagecheckError

ERROR = 2
INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C ended."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(messagecheck.__version__, prog_name="messagecheck")
def commands() -> None:
    """Find where content contradicts the positioning document.

    Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 usage, settings or positioning document in error;
    3 no findings, but something could not be checked.
    """


COMMANDS = (
    scan, check, crawl, canon, init, demo, explain, baseline, evaluate, calibrate, terms, transcript,
    drift, history, impact,
)  # fmt: skip
for command in COMMANDS:
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Every error that is not a bug is one line on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code: object = commands.main(arguments, prog_name="messagecheck", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return ERROR
    except click.ClickException as error:
        return _failed(error.format_message())
    except MessagecheckError as error:
        return _failed(str(error))
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    return code if isinstance(code, int) else 0


def _failed(message: str) -> int:
    click.echo(f"messagecheck: {visible(message)}", err=True)
    return ERROR
