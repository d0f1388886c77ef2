"""Where the trained models and the demo company lie: inside a wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

from messagecheck.errors import ModelError

PACKAGE = Path(__file__).parent


def model(name: str) -> Path:
    """The folder of the trained model of this name; ModelError where it was not shipped."""
    return shipped("_models", "models", name)


def demo() -> Path:
    """The demo company's folder: positioning.md and its content."""
    return shipped("_demo", "corpora/demo", "")


def shipped(in_wheel: str, in_checkout: str, name: str) -> Path:
    known = (PACKAGE / in_wheel / name, PACKAGE.parent / in_checkout / name)
    for folder in known:
        if folder.is_dir():
            return folder
    raise ModelError(f"{known[0]}: missing from this installation; reinstall messagecheck")
