"""The job: hand a notice to the push services of a rep's phones."""

import json
import logging
from datetime import datetime
from typing import Final

from mobile_gateway.push.keys import vapid_key
from server.domain.push import PushKind, Subscription, neutral_text
from server.usecases import push
from server.usecases.push import Due
from server.web.services import Services

logger = logging.getLogger(__name__)

PATIENCE: Final = 20.0  # seconds
GONE: Final = frozenset({404, 410})
VIEWS: Final = {PushKind.BRIEF: "client", PushKind.QUESTION: "note"}


class PushFault(Exception):
    """A push service could not be reached, or did not take a notice: it may go better later."""


def send_push(services: Services, uid: str) -> None:
    """Send a notice that is still due to every phone of its rep; a phone that is not there any more is forgotten.

    Raises PushFault where a service failed: all is then sent once more. The same `Topic` and `tag` make a notice that
    comes twice replace itself.
    """
    with services.database.transaction() as session:
        due = push.due(session, uid, services.clock())
    if due is None:
        return
    failed = [one for one in due.subscriptions if not _sent(services, due, one)]
    if failed:
        msg = f"{len(failed)} of {len(due.subscriptions)} phones"
        raise PushFault(msg)
    with services.database.transaction() as session:
        push.ended(session, uid, services.clock())
    logger.info("push %s: sent to %d phones", uid, len(due.subscriptions))


def message(due: Due) -> str:
    """What the phone's service worker gets, encrypted: a neutral text, and the view to open."""
    text = neutral_text(due.kind, due.language)
    return json.dumps({"text": text, "path": f"{VIEWS[due.kind]}/{due.about}", "tag": due.uid}, ensure_ascii=False)


def _sent(services: Services, due: Due, subscription_id: int) -> bool:
    status = _post(services, due, due.subscriptions[subscription_id])
    if status in GONE:
        with services.database.transaction() as session:
            push.forget(session, subscription_id)
        return True
    return 200 <= status < 300


def _post(services: Services, due: Due, subscription: Subscription) -> int:
    """The push service's status; 0 where it cannot be reached, or the browser's keys are none."""
    from pywebpush import WebPushException, webpush
    from requests import RequestException

    about = {"endpoint": subscription.endpoint, "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth}}
    try:
        answer = webpush(
            about,
            message(due),
            vapid_private_key=vapid_key(services.blobs.root),
            vapid_claims={"sub": _contact(services)},
            ttl=_seconds_left(due, services.clock()),
            headers={"Topic": due.uid, "Urgency": "high"},
            timeout=PATIENCE,
        )
    except WebPushException as fault:
        status = fault.response.status_code if fault.response is not None else 0
        logger.warning("push %s: refused with %d", due.uid, status)
        return int(status)
    except (RequestException, ValueError) as fault:
        logger.warning("push %s: %s", due.uid, type(fault).__name__)
        return 0
    return int(answer.status_code)


def _contact(services: Services) -> str:
    # RFC 8292 section 2.1: whom the push service can turn to.
    return services.public_url if services.secure else "mailto:postmaster@localhost"


def _seconds_left(due: Due, now: datetime) -> int:
    return max(0, int((due.until - now).total_seconds()))
