"""Repeatable chance: the same key gives the same draws on every machine and every day."""

import random

Row = dict[str, str]
"""One row of a bulk file: column name to text, empty where there is nothing to tell."""


def draws(*key: object) -> random.Random:
    """Return a generator of draws that depends on ``key`` alone.

    A key of its own for each rep, day or client keeps everything else as it was when one of them changes.
    """
    return random.Random("/".join(map(str, key)))  # noqa: S311 - made-up data, nothing is kept secret by it
