"""`calepin import`: files by their names, in an order that works, with an exit status that scripts can use."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from deploy.cli import imports
from server.store import clients, people
from server.store.database import Database
from tests.server.usecases.imports.conftest import CLIENTS, REPS


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty installation of its own."""
    monkeypatch.setenv("CALEPIN_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("CALEPIN_DATABASE_URL", raising=False)
    return tmp_path


def calepin(*arguments: object) -> Result:
    """Run `calepin import …`."""
    app = typer.Typer()
    app.callback()(lambda: None)
    imports.register(app)
    return CliRunner().invoke(app, ["import", *map(str, arguments)], env={"COLUMNS": "150"})


def counted(folder: Path) -> tuple[int, int]:
    """People and clients that are there."""
    database = Database(f"sqlite:///{folder / 'data' / 'calepin.sqlite'}")
    with database.reading() as session:
        found = people.count(session), clients.count(session)
    database.close()
    return found


def written(folder: Path, name: str, text: str) -> Path:
    """A file with that text."""
    (folder / name).write_text(text)
    return folder / name


def test_files_come_in_an_order_that_works(installation: Path) -> None:
    """Clients name their managers, so people go first, however the files are given."""
    files = [written(installation, "2026-Clients.csv", CLIENTS), written(installation, "reps (1).csv", REPS)]
    rehearsed = calepin("--dry-run", *files)
    assert (rehearsed.exit_code, counted(installation)) == (0, (0, 0))
    result = calepin(*files)
    assert result.exit_code == 0
    assert result.stdout == rehearsed.stdout
    assert [line.rpartition(": ")[2] for line in result.stdout.splitlines()] == [
        "2 created, 0 updated, 0 unchanged, 0 rejected",
        "2 created, 0 updated, 0 unchanged, 0 rejected",
    ]
    assert counted(installation) == (2, 2)


def test_rejected_rows_are_shown_and_make_the_command_fail(installation: Path) -> None:
    """As a table for people, where nothing from the file is taken for markup or reaches the terminal raw."""
    file = written(installation, "reps.csv", "email,name,Colour\n[red]\x1b]0;x[/red],X,\na@x.example,A,\n")
    result = calepin(file)
    assert result.exit_code == 1
    assert "1 created, 0 updated, 0 unchanged, 1 rejected" in result.stdout
    assert "unknown columns: colour" in result.stdout
    assert "“[red]]0;x[/red]” is no e-mail address." in result.stdout
    assert "\x1b]0;" not in result.stdout


def test_json_is_one_line_a_file(installation: Path) -> None:
    """With every rejected row."""
    result = calepin("--json", written(installation, "clients.csv", CLIENTS), written(installation, "reps.csv", REPS))
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["noun"], line["created"], line["rejected"]) for line in lines] == [
        ("reps", 2, []),
        ("clients", 2, []),
    ]


def test_a_name_that_says_nothing_is_refused_before_anything_is_read(installation: Path) -> None:
    """So is one that says two things, and a kind of file that is no table."""
    good = written(installation, "reps.csv", REPS)
    for name in ("export.csv", "reps-and-clients.csv", "clients.doc"):
        assert calepin(good, written(installation, name, "")).exit_code == 2
    assert not (installation / "data").exists()


@pytest.mark.parametrize(
    ("name", "noun"),
    [("clients.csv", "clients"), ("2026-NOTES_final.xlsx", "notes"), ("myclients.csv", None), ("a/reps.d/x.csv", None)],
)
def test_the_noun_is_a_word_of_the_files_name(name: str, noun: str | None) -> None:
    """Not a part of one, nor of its folder's name."""
    assert imports.noun_of(name) == noun
