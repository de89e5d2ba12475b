"""The tables, a noun a module. Importing this package makes the metadata complete."""

from server.store.tables import (
    activities,
    audit,
    clients,
    contacts,
    devices,
    disbursements,
    jobs,
    keys,
    mails,
    notes,
    people,
    push,
    receipts,
    uploads,
)
from server.store.tables.base import Table

metadata = Table.metadata

__all__ = [
    "activities",
    "audit",
    "clients",
    "contacts",
    "devices",
    "disbursements",
    "jobs",
    "keys",
    "mails",
    "metadata",
    "notes",
    "people",
    "push",
    "receipts",
    "uploads",
]
