"""Devices: enrolled once, refused from the next request on."""

from datetime import timedelta

import pytest

from server.domain.credentials import INVITATION_LASTS
from server.domain.devices import DeviceState
from server.domain.errors import NotAllowed, NotFound, NotSignedIn, SlowDown
from server.store.database import Database
from server.store.tables.devices import DeviceRow
from server.usecases import devices, keys
from server.usecases.devices import Enrolled
from tests.company import ANNIE
from tests.server.conftest import NOW

PLACE = "192.0.2.1"


def invite(company: Database) -> str:
    """A fresh code for Annie."""
    with company.transaction() as session:
        return devices.invite(session, ANNIE.email.upper(), NOW, by="tests").code


def enrol(company: Database, code: str, after: timedelta = timedelta(0)) -> Enrolled | None:
    """Trade a code for a device."""
    with company.transaction() as session:
        return devices.enrol(session, code, "Bold 9900", "BlackBerry", NOW + after, PLACE)


def test_a_code_makes_one_device_and_only_digests_are_kept(company: Database) -> None:
    """The second use of a code fails; neither code nor token is in the database."""
    code = invite(company)
    enrolled = enrol(company, code.lower().replace("-", " "))
    assert enrolled is not None
    assert enrol(company, code) is None
    with company.reading() as session:
        row = session.get_one(DeviceRow, enrolled.signed.device_id)
        assert enrolled.token not in (row.token_digest, row.uid)
        signed, due = devices.recognise(session, enrolled.token, NOW + timedelta(minutes=1))
    assert (signed.rep.email, due) == (ANNIE.email, False)


def test_an_old_code_is_no_good(company: Database) -> None:
    """After three days a code is refused."""
    assert enrol(company, invite(company), INVITATION_LASTS) is None


def test_ten_wrong_codes_slow_a_place_down_and_no_other(company: Database) -> None:
    """After ten wrong codes the place waits, even with a good one; another place does not."""
    for _ in range(10):
        assert enrol(company, "0000-0000-0000") is None
    with company.transaction() as session:
        with pytest.raises(SlowDown) as refusal:
            devices.check_pace(session, PLACE, NOW)
        devices.check_pace(session, "192.0.2.2", NOW)
        devices.check_pace(session, PLACE, NOW + timedelta(hours=2))
    assert refusal.value.values["seconds"] == 3


@pytest.mark.parametrize(
    ("state", "refusal"), [(DeviceState.QUARANTINED, NotAllowed), (DeviceState.REVOKED, NotSignedIn)]
)
def test_a_state_holds_from_the_next_request_on(
    company: Database, state: DeviceState, refusal: type[Exception]
) -> None:
    """Quarantine and revocation refuse the token at once; what was revoked cannot be released."""
    enrolled = enrol(company, invite(company))
    assert enrolled is not None
    with company.transaction() as session:
        devices.change_state(session, enrolled.signed.device, state, NOW, by="tests", place=PLACE)
    with company.reading() as session, pytest.raises(refusal):
        devices.recognise(session, enrolled.token, NOW)
    if state is DeviceState.REVOKED:
        with pytest.raises(NotFound), company.transaction() as session:
            devices.change_state(session, enrolled.signed.device, DeviceState.ACTIVE, NOW, by="tests", place=PLACE)


def test_nobody_is_invited_who_is_not_there(company: Database) -> None:
    """An unknown address is refused."""
    with pytest.raises(NotFound), company.transaction() as session:
        devices.invite(session, "nobody@example.com", NOW, by="tests")


def test_a_key_works_until_it_is_revoked(company: Database) -> None:
    """An integration key names its system; revoked, it is unknown."""
    with company.transaction() as session:
        key = keys.create(session, "erp", NOW, by="tests")
        assert keys.recognise(session, key) == "erp"
        assert keys.revoke(session, "erp", NOW, by="tests") == 1
        with pytest.raises(NotSignedIn):
            keys.recognise(session, key)
