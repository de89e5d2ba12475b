"""Settings: documented, and read from the environment."""

import re
from pathlib import Path

import pytest

from deploy.settings import PREFIX, Settings, read_settings

TABLE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_settings_table_says_what_the_code_says() -> None:
    """Every setting stands in the documented table with its default and its description, and no other does."""
    rows = dict(re.findall(r"^\| `(CALEPIN_[A-Z_]+)` \| (.+) \|$", TABLE.read_text(), re.MULTILINE))
    fields = Settings.model_fields
    expected = {
        PREFIX + name.upper(): f"{_shown(field.default)} | {field.description}" for name, field in fields.items()
    }
    assert rows == expected


def test_a_hosting_service_s_database_url_gets_our_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """`postgres://…` as platforms hand it out is understood."""
    monkeypatch.setenv("CALEPIN_DATABASE_URL", "postgres://u:p@db/x")
    assert read_settings().database == "postgresql+psycopg://u:p@db/x"


def test_an_env_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What CALEPIN_ENV_FILE names is read; a variable of the same name in the environment is stronger."""
    file = tmp_path / "calepin.env"
    file.write_text("CALEPIN_PORT=9001\nCALEPIN_NOTE_REQUIRED=visit\n")
    monkeypatch.setenv("CALEPIN_ENV_FILE", str(file))
    monkeypatch.setenv("CALEPIN_PORT", "9002")
    settings = read_settings()
    assert (settings.port, settings.policy.note_required) == (9002, frozenset({"visit"}))


@pytest.mark.parametrize(
    ("settings", "domain"),
    [
        ({}, "calepin.localhost"),
        ({"public_url": "https://Notes.Example.com/"}, "notes.example.com"),
        ({"public_url": "https://192.0.2.7"}, "calepin.localhost"),
        ({"public_url": "https://notes.example.com", "mail_domain": "Mail.example.com"}, "mail.example.com"),
        ({"smtp_listen": ""}, ""),
        ({"smtp_listen": "", "imap_url": "imaps://u:p@mail.example.com", "mail_domain": "x.example"}, "x.example"),
    ],
)
def test_mail_has_a_domain_where_any_can_come_in(settings: dict[str, str], domain: str) -> None:
    """The one that was set, else the host of the public address, else one for trying out; none without a way in."""
    assert Settings(**settings).mail == domain  # type: ignore[arg-type]


def _shown(default: object) -> str:
    return f"`{default}`" if default not in ("", None) else ""
