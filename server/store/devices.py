"""Devices, invitations and wrong codes: queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from server.domain import credentials
from server.domain.devices import DeviceState, Signed
from server.store.dialects import insert
from server.store.people import PERSON, to_person
from server.store.tables.devices import DeviceRow, InvitationRow, WrongCodeRow
from server.store.tables.people import PersonRow

# Asked with every request: built once, and of columns, since mapping rows to objects costs more than finding them.
_BY_TOKEN: Final = (
    select(
        DeviceRow.id.label("device_id"),
        DeviceRow.uid,
        DeviceRow.name.label("device_name"),
        DeviceRow.platform,
        DeviceRow.state,
        DeviceRow.token_digest,
        DeviceRow.last_seen_at,
        *PERSON,
    )
    .join(PersonRow, PersonRow.id == DeviceRow.rep_id)
    .where(DeviceRow.token_digest == bindparam("digest"))
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A device that holds a token, and its rep."""

    signed: Signed
    state: str
    last_seen_at: datetime | None


def by_token(session: Session, token: str) -> Holder | None:
    """The device that holds this token, whatever its state."""
    wanted = credentials.digest(token)
    row = session.connection().execute(_BY_TOKEN, {"digest": wanted}).one_or_none()
    if row is None or not credentials.same(row.token_digest, wanted):
        return None
    signed = Signed(row.device_id, row.uid, row.device_name, row.platform, to_person(row))
    return Holder(signed, row.state, row.last_seen_at)


def by_uid(session: Session, uid: str) -> DeviceRow | None:
    """The device with this id."""
    return session.scalar(select(DeviceRow).where(DeviceRow.uid == uid))


def listed(session: Session) -> list[tuple[DeviceRow, str]]:
    """All devices with their rep's address, the last enrolled first."""
    rows = session.execute(
        select(DeviceRow, PersonRow.email)
        .join(PersonRow, PersonRow.id == DeviceRow.rep_id)
        .order_by(DeviceRow.id.desc())
    )
    return [(device, email) for device, email in rows]


def claim_invitation(session: Session, code: str, now: datetime) -> PersonRow | None:
    """The person whom a code that is still good invites; locks the code until the transaction ends."""
    wanted = credentials.code_digest(code)
    invitation = session.scalar(select(InvitationRow).where(InvitationRow.code_digest == wanted).with_for_update())
    if invitation is None or not credentials.same(invitation.code_digest, wanted):
        return None
    if invitation.device_id is not None or invitation.expires_at <= now:
        return None
    person = session.get_one(PersonRow, invitation.rep_id)
    return person if person.active else None


def use_invitation(session: Session, code: str, device_id: int) -> None:
    """Say which device a code has made."""
    wanted = credentials.code_digest(code)
    session.execute(update(InvitationRow).where(InvitationRow.code_digest == wanted).values(device_id=device_id))


def wrong_codes(session: Session, place: str, now: datetime) -> tuple[int, datetime | None]:
    """How many wrong codes a place has sent lately, and when the last one came."""
    row = session.get(WrongCodeRow, place)
    if row is None or now - row.last_at > credentials.FORGOTTEN_AFTER:
        return 0, None
    return row.count, row.last_at


def count_wrong_code(session: Session, place: str, now: datetime) -> None:
    """Note one more wrong code from a place."""
    count, _ = wrong_codes(session, place, now)
    values = {"place": place, "since": now, "last_at": now, "count": count + 1}
    session.execute(
        insert(session, WrongCodeRow)
        .values(values)
        .on_conflict_do_update(index_elements=["place"], set_={"last_at": now, "count": count + 1})
    )


def by_mail_secret(session: Session, digest: str) -> Signed | None:
    """The active device whose mail address holds the secret with this digest, and its active rep."""
    row = session.execute(
        select(DeviceRow, PersonRow)
        .join(PersonRow, PersonRow.id == DeviceRow.rep_id)
        .where(DeviceRow.mail_digest == digest, DeviceRow.state == DeviceState.ACTIVE, PersonRow.active)
    ).one_or_none()
    if row is None:
        return None
    device, person = row
    return Signed(device.id, device.uid, device.name, device.platform, to_person(person))


def set_mail_secret(session: Session, device_id: int, digest: str) -> None:
    """Change the secret of a device's mail address."""
    session.execute(update(DeviceRow).where(DeviceRow.id == device_id).values(mail_digest=digest))
