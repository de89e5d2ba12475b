"""The brief as a small HTML page."""

from server.domain.briefs import Brief
from server.web.phrases import Phrases


def html(brief: Brief, phrases: Phrases) -> str:
    """A whole page without a script, at most 4 KB."""
    return f"<!DOCTYPE html><title>{brief.client.name}</title>{phrases.language}"
