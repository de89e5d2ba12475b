"""Bulk import: tables of people, clients, contacts, activities, disbursements and notes, from whatever wrote them."""

from server.usecases.imports.outcome import Outcome, Rejected
from server.usecases.imports.rehearsal import Rehearsal
from server.usecases.imports.run import NOUNS, Importer, import_rows

__all__ = ["NOUNS", "Importer", "Outcome", "Rehearsal", "Rejected", "import_rows"]
