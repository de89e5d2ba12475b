"""Devices: one handheld of one rep, holding one credential."""

from dataclasses import dataclass
from enum import StrEnum

from server.domain.people import Person


class DeviceState(StrEnum):
    """`active` works; `quarantined` is refused until released; `revoked` is refused for good."""

    ACTIVE = "active"
    QUARANTINED = "quarantined"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Signed:
    """A device whose credential was good, and its rep."""

    device_id: int
    device: str
    device_name: str
    platform: str
    rep: Person
