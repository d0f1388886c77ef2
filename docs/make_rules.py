"""docs/rules.md from the rules' own docstrings and examples: `python docs/make_rules.py > docs/rules.md`."""

import inspect
from types import ModuleType

from messagecheck.nouns import Example
from messagecheck.rules import claim, conflict, coverage, cross, term

RULES: tuple[tuple[str, ModuleType], ...] = (
    (", ".join(f"`{name}`" for name in conflict.IDS), conflict),
    (f"`{cross.ID}`", cross),
    (f"`{term.ID}`", term),
    (f"`{coverage.ID}`", coverage),
    (f"`{claim.ID}`", claim),
)


def render() -> str:
    parts = ["# Rules", "Made by `python docs/make_rules.py`; what stands here is what the rules say of themselves."]
    for names, module in RULES:
        parts += [f"## {names}", inspect.cleandoc(module.__doc__ or "")]
        examples: tuple[Example, ...] = getattr(module, "EXAMPLES", ())
        if examples:
            parts.append("\n".join(["| a statement | the rule |", "|---|---|", *map(_row, examples)]))
    return "\n\n".join(parts) + "\n"


def _row(example: Example) -> str:
    return f"| {example.text.replace('|', '·')} | {'speaks' if example.speaks else 'is silent'} |"


if __name__ == "__main__":
    print(render(), end="")
