"""The whole demo company at one moment, as rows of the bulk files."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from deploy.demo.agenda import activity_rows
from deploy.demo.chance import Row
from deploy.demo.clients import client_rows, contact_rows, name_contacts
from deploy.demo.figures import disbursement_rows
from deploy.demo.notes import note_rows
from deploy.demo.people import rep_rows


@dataclass(frozen=True)
class World:
    """The company as it stands at ``now``: each list holds rows in exactly the columns of that bulk file.

    Times are ISO 8601 with the offset of the rep's zone, dates ISO 8601, amounts exact decimals.
    """

    now: datetime
    zone: ZoneInfo
    reps: list[Row]
    clients: list[Row]
    contacts: list[Row]
    activities: list[Row]
    disbursements: list[Row]
    notes: list[Row]

    def agenda_before_notes(self) -> list[Row]:
        """Return the activities with the done ones still planned.

        A note names its activity and a done activity needs its note, so a loader brings in this agenda, then the
        notes, then ``activities``.
        """
        return [{**row, "state": "planned", "result": ""} if row["state"] == "done" else row for row in self.activities]


def build(now: datetime, zone: ZoneInfo) -> World:
    """Return the demo company at ``now`` (with its offset): the same for the same moment, on every machine.

    ``zone`` is the time zone of the reps, save the one on Atlantic time. People, clients and contacts never change;
    an ordinary activity keeps its ref, client and time from day to day; a disbursement stays what it was.
    ValueError where ``now`` has no offset.
    """
    if now.tzinfo is None:
        raise ValueError("Give build() a moment with its offset, as datetime.now(UTC) does.")
    bare = client_rows()
    contacts = contact_rows(bare)
    clients = name_contacts(bare, contacts)
    activities = activity_rows(clients, now, zone)
    return World(
        now=now,
        zone=zone,
        reps=rep_rows(zone.key),
        clients=clients,
        contacts=contacts,
        activities=activities,
        disbursements=disbursement_rows(clients, now.astimezone(zone).date()),
        notes=note_rows(clients, activities, now, zone),
    )
