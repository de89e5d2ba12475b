"""Settings for commands: read once, and wrong ones named with what to do."""

import logging

import typer
from pydantic import ValidationError

from deploy.settings import PREFIX, Settings, read_settings


def settings_or_exit() -> Settings:
    """The settings; a command with wrong ones ends with status 2 and a line for each."""
    try:
        settings = read_settings()
    except ValidationError as error:
        for fault in error.errors():
            name = PREFIX + str(fault["loc"][0]).upper() if fault["loc"] else PREFIX
            typer.echo(f"{name}: {fault['msg']}. See docs/settings.md.", err=True)
        raise typer.Exit(2) from error
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("alembic", "httpx"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    return settings
