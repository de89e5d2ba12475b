"""Open descriptors as file objects without a name, the only ones that FFmpeg is given.

FFmpeg turns what they raise into errors of its own, so they remember the first `fault` of the machine.
"""

import os


class Source:
    """The recording as a file object without a name, so that nothing can be guessed from one."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._position = 0
        self.fault: OSError | None = None
        self.size = os.fstat(descriptor).st_size

    def read(self, count: int) -> bytes:
        try:
            data = os.pread(self._descriptor, count, self._position)
        except OSError as fault:
            self.fault = fault
            raise
        self._position += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        return self._position


class Target:
    """A written file as a file object without a name, on a descriptor open for reading and writing."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._position = 0
        self.fault: OSError | None = None

    def write(self, data: bytes) -> int:
        view = memoryview(data)
        while view:
            try:
                written = os.pwrite(self._descriptor, view, self._position)
            except OSError as fault:
                self.fault = fault
                raise
            self._position += written
            view = view[written:]
        return len(data)

    def read(self, count: int) -> bytes:
        data = os.pread(self._descriptor, count, self._position)
        self._position += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        end = os.fstat(self._descriptor).st_size
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: end}[whence]
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position
