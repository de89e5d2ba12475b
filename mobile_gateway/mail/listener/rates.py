"""Counting: what somebody may do at once and again after a while."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from mobile_gateway.mail.listener.limits import Pace

REMEMBERED: Final = 20_000


class Rate:
    """A token bucket for each name. Used from one thread. The names seen longest ago are forgotten first."""

    def __init__(self, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self._pace = pace
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allow(self, name: str) -> bool:
        """Whether this name may once more; that is counted."""
        now = self._clock()
        tokens, since = self._buckets.pop(name, (float(self._pace.most), now))
        tokens = min(self._pace.most, tokens + (now - since) * self._pace.most / self._pace.seconds)
        allowed = tokens >= 1
        self._buckets[name] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed
