"""Which zone the times of one calendar are in."""

from datetime import UTC, datetime, tzinfo

from mobile_gateway.calendar.components import Component, Property
from mobile_gateway.calendar.moments import Moment, believable, read_wall
from mobile_gateway.calendar.vtimezone import read_zone
from mobile_gateway.calendar.zone_names import zone_named, zone_of_offset


class Zones:
    """The zones of one calendar. A name that is known wins over its definition: the sender's may be out of date."""

    def __init__(self, calendar: Component, default: tzinfo) -> None:
        self.default = default
        self._definitions = {part.value("TZID"): part for part in calendar.named("VTIMEZONE")}
        self._known: dict[str, tzinfo] = {}

    def named(self, name: str) -> tzinfo:
        """The zone of a TZID; the default one where neither its name nor a definition tells."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> tzinfo:
        definition = self._definitions.get(name.strip())
        if definition is None:
            return zone_named(name) or zone_of_offset(name) or self.default
        # “EST” and its like mean one thing to IANA and another to whoever defines them.
        known = zone_named(name) if len(name.strip()) > 4 else None
        known = known or zone_named(definition.value("X-LIC-LOCATION"))
        return known or read_zone(definition) or zone_named(name) or zone_of_offset(name) or self.default

    def moment(self, prop: Property, text: str | None = None) -> Moment:
        """The moment of a property (or of one value of its list). Raises ValueError, also outside 1970–2100."""
        wall, dated, utc = read_wall(prop.value if text is None else text)
        return Moment(believable(wall), self._zone(prop, dated=dated, utc=utc), dated)

    def _zone(self, prop: Property, *, dated: bool, utc: bool) -> tzinfo:
        if utc:
            return UTC
        name = prop.params.get("TZID", "")
        return self.default if dated or not name else self.named(name)

    def until(self, text: str, start: Moment) -> datetime:
        """The UNTIL of a rule whose series starts at `start`: a day alone includes its last occurrence."""
        wall, dated, utc = read_wall(text)
        if utc:
            return Moment(believable(wall), UTC).instant
        if dated:
            wall = wall.replace(hour=23, minute=59, second=59)
        return Moment(believable(wall), start.zone).instant
