"""Runs kept over time: each scan that is recorded, and what became of its findings."""
