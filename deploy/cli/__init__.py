"""The command line: one module a group of commands."""

import typer

from deploy.cli import check, demo, imports, invitations, relinking, serve

app = typer.Typer(
    name="calepin",
    help="Voice notes from the road: taken, kept, linked to the client, back as a brief.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
serve.register(app)
invitations.register(app)
imports.register(app)
relinking.register(app)
demo.register(app)
check.register(app)


def main() -> None:
    """Entry of the `calepin` command."""
    app()
