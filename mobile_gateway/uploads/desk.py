"""What the requests about uploads work with."""

from dataclasses import dataclass

from mobile_gateway.uploads.writers import Writers
from server.domain.devices import Signed
from server.domain.uploads import Checksum
from server.usecases.notes import Taker
from server.usecases.uploads import Appending, Creation, UploadFiles
from server.web.services import Services


@dataclass(frozen=True, slots=True)
class Desk:
    """One request's share of it: whose it is, and where things are."""

    services: Services
    writers: Writers
    files: UploadFiles
    signed: Signed

    @property
    def taker(self) -> Taker:
        """Who hands the note in."""
        given, signed = self.services, self.signed
        return Taker(given.queue, given.blobs, given.policy, signed.rep, signed.device_id)


@dataclass(frozen=True, slots=True)
class Append:
    """A request that goes on; `completes` says whether its end is that of the upload, None where the length says it."""

    place: Appending
    checksum: Checksum | None = None
    completes: bool | None = None

    def is_last(self, offset: int, length: int | None) -> bool:
        """Whether the upload is whole, now that it stands at `offset`."""
        return offset == length if self.completes is None else self.completes


@dataclass(frozen=True, slots=True)
class Create:
    """A request that creates an upload, and sends its first bytes if `size` is not 0; None where it is not said."""

    upload: Creation
    size: int | None
    checksum: Checksum | None = None
    completes: bool | None = None

    def is_last(self, offset: int) -> bool:
        """Whether the upload is whole, now that it stands at `offset`."""
        return offset == self.upload.length if self.completes is None else self.completes

    @property
    def is_whole(self) -> bool:
        """Whether the request says that it carries the whole upload."""
        return self.size is not None and self.is_last(self.size)
