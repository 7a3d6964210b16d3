"""The body of an answer: decompressed where needed, and limited in size."""

import zlib

_PACKED = {"gzip", "x-gzip", "deflate"}
_EITHER_FORMAT = zlib.MAX_WBITS | 32


class TooLarge(Exception):
    """The answer is larger than the limit."""


class CutShort(Exception):
    """The compressed body is incomplete or invalid."""


class Body:
    """Takes the parts of one body. Decompression stops at `largest` bytes in total."""

    def __init__(self, encoding: str, largest: int) -> None:
        self._packed = encoding.strip().lower() in _PACKED
        self._unpack = zlib.decompressobj(_EITHER_FORMAT)
        self._largest = largest
        self._received = bytearray()

    def take(self, part: bytes) -> None:
        """Add a part as received. Raises TooLarge, CutShort."""
        if not self._packed:
            self._add(part)
        while part and self._packed:
            if self._unpack.eof:  # A gzip body may have several members (RFC 1952); all belong to it.
                self._unpack = zlib.decompressobj(_EITHER_FORMAT)
            try:
                self._add(self._unpack.decompress(part, self._largest + 1 - len(self._received)))
            except zlib.error:
                raise CutShort from None
            part = self._unpack.unused_data

    def _add(self, plain: bytes) -> None:
        self._received += plain
        if len(self._received) > self._largest:
            raise TooLarge

    def end(self) -> bytes:
        """Return the whole body. Raises CutShort."""
        if self._packed and not self._unpack.eof:
            raise CutShort
        return bytes(self._received)
