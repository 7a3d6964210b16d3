"""The body of an answer as it comes: unpacked where it is packed, and never larger than it may be."""

import zlib

_PACKED = {"gzip", "x-gzip", "deflate"}
_EITHER_FORMAT = zlib.MAX_WBITS | 32


class TooLarge(Exception):
    """The answer is larger than it may be."""


class CutShort(Exception):
    """What came is no whole packed body."""


class Body:
    """Takes the parts of one body. A part that would unpack to more than `largest` bytes in all is not unpacked."""

    def __init__(self, encoding: str, largest: int) -> None:
        self._unpack = zlib.decompressobj(_EITHER_FORMAT) if encoding.strip().lower() in _PACKED else None
        self._largest = largest
        self._received = bytearray()

    def take(self, part: bytes) -> None:
        """Add a part as it came. Raises TooLarge, CutShort."""
        try:
            room = self._largest + 1 - len(self._received)
            self._received += part if self._unpack is None else self._unpack.decompress(part, room)
        except zlib.error:
            raise CutShort from None
        if len(self._received) > self._largest:
            raise TooLarge

    def end(self) -> bytes:
        """All of it. Raises CutShort."""
        if self._unpack is not None and not self._unpack.eof:
            raise CutShort
        return bytes(self._received)
