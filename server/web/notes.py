"""A note as both faces show it."""

from datetime import tzinfo
from typing import Any

from server.domain import evidence, failures
from server.domain.notes import NoteState
from server.domain.promises import Promise, promises
from server.domain.sentences import Language
from server.domain.times import wire
from server.store.notes import Shown


def note_json(shown: Shown, language: Language, zone: tzinfo) -> dict[str, Any]:
    """The note of DESIGN's wire contract; evidence and reasons are in the reader's language and zone."""
    note = shown.note
    return {
        "id": note.uid,
        "ref": note.ref or note.uid,
        "kind": note.kind,
        "state": note.state,
        "reason": failures.in_words(note.failure, language),
        "remark": failures.in_words(note.remark, language),
        "recorded_at": wire(note.recorded_at),
        "received_at": wire(note.received_at),
        "seconds": note.seconds,
        "text": note.text or None,
        "transcript": note.transcript,
        "promises": [_promise(each) for each in promises(_words(shown), note.recorded_at.astimezone(zone).date())],
        "segments": note.segments or [],
        "transcribing": note.transcribing,
        "link": link_json(shown, language, zone),
        "audio": _audio(shown),
    }


def link_json(shown: Shown, language: Language, zone: tzinfo) -> dict[str, Any]:
    """Whose note it is, how sure that is, and why, in words."""
    note = shown.note
    return {
        "status": note.link_status,
        "client": shown.client,
        "client_name": shown.client_name,
        "activity": shown.activity,
        "confidence": note.confidence,
        "evidence": [evidence.in_words(reason, language, zone) for reason in note.evidence],
        "suggestions": [
            {
                "client": suggestion["client"],
                "name": suggestion["name"],
                "city": suggestion.get("city") or None,
                "activity": suggestion["activity"],
                "confidence": suggestion["confidence"],
                "evidence": [evidence.in_words(reason, language, zone) for reason in suggestion["evidence"]],
            }
            for suggestion in note.suggestions
        ],
    }


def _words(shown: Shown) -> str:
    return "\n".join(filter(None, (shown.note.text, shown.note.transcript)))


def _promise(promise: Promise) -> dict[str, Any]:
    day, amount = promise.day, promise.amount
    return {
        "said": promise.said,
        "day": day.isoformat() if day else None,
        "amount": str(amount) if amount is not None else None,
    }


def _audio(shown: Shown) -> dict[str, Any] | None:
    note = shown.note
    if note.blob is None:
        return None
    return {
        "type": note.type,
        "bytes": note.bytes,
        "sha256": note.blob,
        "peaks": note.peaks or [],
        "played_seconds": note.played_seconds,
        "level": note.level,
        "playable": note.state == NoteState.PROCESSED,
        "url": f"/api/v1/notes/{note.uid}/audio",
    }
