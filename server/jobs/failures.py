"""What a failed job may say in the log and in DBOS's tables: the kind of error and its place, never content."""

import logging
from pathlib import Path
from traceback import extract_tb

from sqlalchemy.exc import DBAPIError, OperationalError


class JobFailed(Exception):
    """A job could not be done this time; it has been logged, and the sweep tries it again."""


def describe(error: BaseException) -> str:
    """One line on an error. A database's message is left out where it can quote what was being written."""
    name = type(error).__name__
    if isinstance(error, OSError):
        return f"{name}: {error.strerror or error}"
    if isinstance(error, OperationalError):
        return f"{name}: {str(error.orig).splitlines()[0]}"
    if isinstance(error, DBAPIError):
        name = f"{name} ({type(error.orig).__name__})"
    frames = extract_tb(error.__traceback__)
    return f"{name} at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else name


def quiet_dbos() -> None:
    """Let DBOS log warnings and worse, through the root logger like everybody else, and no failure a second time."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())  # where it finds no handler, DBOS puts up a console of its own
    logger.setLevel(logging.WARNING)
    logger.addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], JobFailed))
