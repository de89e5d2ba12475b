"""Settings: environment variables `CALEPIN_…`, or the same lines in a file named by CALEPIN_ENV_FILE."""

import os
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from server.domain.policy import MEGABYTE, Policy

PREFIX = "CALEPIN_"
NO_DOMAIN: Final = "calepin.localhost"  # for trying mail out on one machine


class Settings(BaseSettings):
    """Everything that an operator can set; `docs/settings.md` is the same table for reading."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    data: Path = Field(Path("data"), description="Folder for the recordings and, by default, the database.")
    database_url: str = Field(
        "", description="SQLAlchemy URL, `postgresql+psycopg://…`; empty: `calepin.sqlite` in the data folder."
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    public_url: str = Field("", description="How devices reach the service, `https://notes.example.com`.")
    trusted_proxies: str = Field(
        "", description="Addresses of reverse proxies whose X-Forwarded-* headers count, separated by commas."
    )
    largest_upload_mb: int = Field(64, ge=1, le=2048, description="Largest recording, in MB.")
    longest_note_minutes: int = Field(60, ge=1, le=720, description="Longest recording, in minutes of sound.")
    hidden_statuses: str = Field("", description="Client statuses that nobody is shown, separated by commas.")
    note_required: str = Field(
        "visit,call,meeting", description="Kinds of activity that cannot be completed without a note."
    )
    encrypt_offline: bool = Field(True, description="Whether the pocket app encrypts what it keeps on a device.")
    mail_domain: str = Field(
        "", description="Domain of the gateway's mail addresses; empty: the host in CALEPIN_PUBLIC_URL."
    )
    smtp_listen: str = Field(
        "127.0.0.1:8025",
        description="Where to listen for mail, `host:port`, or `lmtp://host:port`; empty, without a mailbox: no mail.",
    )
    smtp_relay: str = Field(
        "", description="Server that takes our mail, `smtp[s]://user:password@host:port`; empty: nothing is sent."
    )
    imap_url: str = Field("", description="Mailbox to read, `imap[s]://user:password@host:port/folder`.")
    authserv_id: str = Field(
        "", description="Name of our own mail server in Authentication-Results headers; empty: they prove nothing."
    )
    speech_model: Path | None = Field(
        None, description="Folder of a Whisper model for CTranslate2: recordings are written down on this machine."
    )
    speech_url: str = Field(
        "",
        description="Server that writes recordings down, `http[s]://host:port`, OpenAI's `/v1/audio/transcriptions`; "
        "not used where there is a model folder.",
    )
    speech_key: str = Field("", description="API key of that server.", repr=False)
    speech_server_model: str = Field("whisper-1", description="Model that the server is asked for.")
    language: Literal["en", "fr"] = Field("en", description="Language where nobody's own is known.")
    timezone: str = Field("America/Toronto", description="Zone where nobody's own is known.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")

    @field_validator("speech_model", mode="before")
    @classmethod
    def _none_if_empty(cls, folder: object) -> object:
        return folder or None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        ZoneInfo(name)
        return name

    @field_validator("public_url", "speech_url")
    @classmethod
    def _no_slash(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            msg = "must begin with https:// or http://"
            raise ValueError(msg)
        return url.rstrip("/")

    @property
    def database(self) -> str:
        """The database's URL, the default one filled in."""
        url = self.database_url or f"sqlite:///{self.data.resolve() / 'calepin.sqlite'}"
        # What hosting services hand out names no driver.
        for bare in ("postgresql://", "postgres://"):
            if url.startswith(bare):
                return "postgresql+psycopg://" + url.removeprefix(bare)
        return url

    @property
    def address(self) -> str:
        """How devices reach the service, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def mail(self) -> str:
        """The domain of our mail addresses; empty where no mail can come in."""
        if not self.smtp_listen and not self.imap_url:
            return ""
        host = urlsplit(self.public_url).hostname or ""
        named = "." in host and not host.replace(".", "").isdigit() and ":" not in host
        return (self.mail_domain or (host if named else NO_DOMAIN)).lower()

    @property
    def policy(self) -> Policy:
        """The organisation's rules as one value."""
        return Policy(
            longest_note=self.longest_note_minutes * 60,
            largest_upload=self.largest_upload_mb * MEGABYTE,
            hidden_statuses=_listed(self.hidden_statuses),
            note_required=_listed(self.note_required),
            encrypt_offline=self.encrypt_offline,
            language=self.language,
            timezone=self.timezone,
        )


def read_settings() -> Settings:
    """The settings of this process; raises pydantic's ValidationError naming each one that is wrong."""
    return Settings(_env_file=os.environ.get(f"{PREFIX}ENV_FILE"))  # type: ignore[call-arg]


def _listed(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())
