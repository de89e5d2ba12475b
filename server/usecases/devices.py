"""Devices: invited, enrolled, recognised, quarantined, revoked."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from server.domain import credentials
from server.domain.devices import DeviceState, Signed
from server.domain.errors import NotAllowed, NotFound, NotSignedIn, Revoked, SlowDown
from server.domain.people import Person
from server.store import audit, devices, people
from server.store.tables.devices import DeviceRow, InvitationRow

SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code in clear: shown once, never kept."""

    code: str
    expires_at: datetime
    person: Person


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new device with its token in clear: shown once, never kept."""

    token: str
    signed: Signed


def invite(session: Session, email: str, now: datetime, *, by: str, place: str = "") -> Invitation:
    """A code that enrols one device of this person within three days; NotFound when nobody has that address."""
    person = people.by_email(session, email)
    if person is None or not person.active:
        raise NotFound("person-not-found")
    code = credentials.new_code()
    expires_at = now + credentials.INVITATION_LASTS
    digest = credentials.code_digest(code)
    session.add(InvitationRow(code_digest=digest, rep_id=person.id, created_at=now, expires_at=expires_at))
    audit.record(session, now, by, "invite", place=place, about=person.email)
    return Invitation(code, expires_at, person)


def check_pace(session: Session, place: str, now: datetime) -> None:
    """Raises SlowDown while a place that sent too many wrong codes has to wait."""
    count, last_at = devices.wrong_codes(session, place, now)
    if last_at is None:
        return
    left = last_at + credentials.wait_after(count) - now
    if left > timedelta(0):
        raise SlowDown(seconds=int(left.total_seconds()) + 1)


def enrol(session: Session, code: str, name: str, platform: str, now: datetime, place: str) -> Enrolled | None:
    """Trade a code for a device with a token of its own; None for a code that is not good, which is counted."""
    person_row = devices.claim_invitation(session, code, now)
    if person_row is None:
        devices.count_wrong_code(session, place, now)
        return None
    token = credentials.new_token("cld")
    device = DeviceRow(
        uid=secrets.token_hex(12),
        rep_id=person_row.id,
        name=name,
        platform=platform,
        state=DeviceState.ACTIVE,
        token_digest=credentials.digest(token),
        created_at=now,
        last_seen_at=now,
        last_address=place,
    )
    session.add(device)
    session.flush()
    devices.use_invitation(session, code, device.id)
    person = people.to_person(person_row)
    audit.record(session, now, person.email, "enrol", place=place, about=device.uid, name=name, platform=platform)
    return Enrolled(token, Signed(device.id, device.uid, device.name, device.platform, person))


def recognise(session: Session, token: str, now: datetime) -> tuple[Signed, bool]:
    """Whose device this is, and whether `seen` is due.

    Raises NotSignedIn (its subclass Revoked for a device that was taken out of service, or whose rep was), or
    NotAllowed in quarantine.
    """
    found = devices.by_token(session, token)
    if found is None:
        raise NotSignedIn
    if found.state == DeviceState.REVOKED or not found.signed.rep.active:
        raise Revoked
    if found.state == DeviceState.QUARANTINED:
        raise NotAllowed("device-quarantined")
    due = found.last_seen_at is None or now - found.last_seen_at > SEEN_EVERY
    return found.signed, due


def seen(session: Session, device_id: int, now: datetime, place: str) -> None:
    """Note that a device was here."""
    statement = update(DeviceRow).where(DeviceRow.id == device_id)
    session.execute(statement.values(last_seen_at=now, last_address=place))


def change_state(session: Session, uid: str, state: DeviceState, now: datetime, *, by: str, place: str) -> DeviceRow:
    """Quarantine, release or revoke, from the next request on; NotFound for no such device, or one that was revoked."""
    device = devices.by_uid(session, uid)
    if device is None or (device.state == DeviceState.REVOKED and state is not DeviceState.REVOKED):
        raise NotFound("device-not-found")
    device.state = state
    audit.record(session, now, by, f"device-{state}", place=place, about=uid)
    return device
