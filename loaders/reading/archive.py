"""The zip archive that an xlsx or ods file is, looked at before anything in it is unpacked."""

import zipfile
from typing import BinaryIO

from loaders.reading.limits import MEGABYTE, Limits
from loaders.reading.scan import Stop

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"


class Archive:
    """The parts of the file by name; capital letters do not count, as in the programs."""

    def __init__(self, archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
        self._archive = archive
        entries = archive.infolist()
        if len(entries) > limits.parts:
            raise Stop("too-many-parts", parts=len(entries), limit=limits.parts)
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > limits.unpacked_bytes or (
            unpacked > limits.unpacked_harmless and unpacked > limits.unpacked_ratio * packed
        ):
            megabytes = round(unpacked / MEGABYTE)
            raise Stop("zip-bomb", unpacked=megabytes, packed=round(packed / MEGABYTE, 2))
        self._names = {entry.filename.lower(): entry for entry in entries}

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def open(self, name: str) -> BinaryIO:
        entry = self._names[name.lower()]
        if entry.flag_bits & 1:
            raise Stop("encrypted")
        return self._archive.open(entry)  # type: ignore[return-value]  # it reads as one does

    def is_ods(self) -> bool:
        """Whether it is an OpenDocument spreadsheet; an encrypted one stops here."""
        if not self.has("content.xml") or not self._mimetype().startswith(_ODS):
            return False
        if self.has(_MANIFEST):
            with self.open(_MANIFEST) as manifest:
                if b"encryption-data" in manifest.read():
                    raise Stop("encrypted")
        return True

    def _mimetype(self) -> bytes:
        if not self.has("mimetype"):
            return b""
        with self.open("mimetype") as mimetype:
            return mimetype.read(200).strip()
