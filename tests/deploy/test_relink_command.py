"""`calepin relink`: what linking anew would change is shown first, and written only when asked for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from sqlalchemy import select, update
from typer.testing import CliRunner, Result

from deploy import schema
from deploy.cli import relinking
from server.domain.notes import Draft
from server.domain.policy import Policy
from server.store import notes
from server.store.database import Database
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.usecases import notes as amending
from server.usecases import processing
from tests.company import ANNIE, found

NOW = datetime.now(UTC)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The small company with two linked notes; the client of both has another name since, and one was confirmed."""
    monkeypatch.setenv("CALEPIN_DATA", str(tmp_path))
    monkeypatch.delenv("CALEPIN_DATABASE_URL", raising=False)
    made = Database(f"sqlite:///{tmp_path / 'calepin.sqlite'}")
    schema.bring_up_to_date(made)
    with made.transaction() as session:
        found(session, NOW - timedelta(days=9))
        for hour in (1, 2):
            at = NOW - timedelta(days=2, hours=hour)
            draft = Draft(recorded_at=at, received_at=at, text="Garage Roy et Fils a signé", clock_given=True)
            uid = notes.add(session, ANNIE.id, None, draft).uid
            processing.link_note(session, Policy(), uid)
            processing.finish(session, uid)
        amending.amend(session, ANNIE, Policy(), uid, {"client": "C2"})
        changes = {"name": "Carrosserie Hébert", "updated_at": NOW}
        session.execute(update(ClientRow).where(ClientRow.ref == "C2").values(changes))
    return made


def calepin(*arguments: str) -> Result:
    """Run `calepin relink …`."""
    app = typer.Typer()
    app.callback()(lambda: None)
    relinking.register(app)
    return CliRunner().invoke(app, ["relink", *arguments], env={"COLUMNS": "200"})


def links(database: Database) -> list[tuple[str, int | None]]:
    """How the notes are linked, the later one first."""
    with database.reading() as session:
        rows = session.scalars(select(NoteRow).order_by(NoteRow.id))
        return [(row.link_status, row.client_id) for row in rows]


def test_the_difference_is_shown_and_written_only_when_asked_for(database: Database) -> None:
    """One note of two would change, for the other was confirmed; --apply writes it, and then nothing is left."""
    since = f"{NOW - timedelta(days=5):%Y-%m-%d}"
    before = links(database)
    shown = calepin("--since", since)
    assert shown.exit_code == 0
    assert "1 notes would change" in shown.stdout
    assert "Carrosserie Hébert" in shown.stdout
    assert links(database) == before == [("linked", 2), ("confirmed", 2)]
    assert calepin("--since", since, "--apply").exit_code == 0
    assert links(database)[0][0] in ("unlinked", "suggested")
    assert links(database)[1] == ("confirmed", 2)
    assert "0 notes would change" in calepin("--since", since).stdout


def test_notes_from_before_are_left_alone(database: Database) -> None:
    """Since yesterday there is none."""
    assert "0 notes would change" in calepin("--since", f"{NOW - timedelta(days=1):%Y-%m-%d}").stdout


def test_a_day_that_is_none_is_refused(database: Database) -> None:
    """Status 2, and the form that it should have."""
    refused = calepin("--since", "last week")
    assert refused.exit_code == 2
    assert "--since" in refused.output
