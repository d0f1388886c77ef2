"""Typed quantities: what numbers a text claims, and where a statement's numbers disagree with a message's."""

from __future__ import annotations

from messagecheck.quantities.comparing import compare
from messagecheck.quantities.model import DISAGREEING, Difference, Quantity, Relation
from messagecheck.quantities.parsing import parse_quantities
from messagecheck.quantities.wording import describe

__all__ = ["DISAGREEING", "Difference", "Quantity", "Relation", "compare", "describe", "parse_quantities"]
