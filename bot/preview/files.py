"""The files that went through the chats, in memory, found by id (as the Bot API does) or by path (to download)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bot.preview.images import media_type, size_of
from bot.preview.refusal import bad

Json = dict[str, Any]

MAX_PHOTO, MAX_FILE = 10 << 20, 50 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a multipart request."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that Telegram has, with everything it says about it."""

    id: str
    path: str
    upload: Upload

    @property
    def described(self) -> Json:
        return {"file_id": self.id, "file_unique_id": f"u{self.id[-8:]}", "file_size": len(self.upload.data)}

    def as_photo(self) -> list[Json]:
        size = size_of(self.upload.data)
        if size is None:
            raise bad("IMAGE_PROCESS_FAILED")
        width, height = size
        if width + height > 10_000 or max(size) > 20 * min(size):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        if len(self.upload.data) > MAX_PHOTO:
            raise bad("file is too big")
        return [{**self.described, "width": width, "height": height}]

    def as_document(self) -> Json:
        return {**self.described, "file_name": self.upload.name, "mime_type": self.upload.media_type}


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}

    def add(self, upload: Upload, folder: str) -> StoredFile:
        if not upload.data:
            raise bad("file must be non-empty")
        if len(upload.data) > MAX_FILE:
            raise bad("Request Entity Too Large")
        number = len(self._by_id) + 1
        path = f"{folder}/file_{number}{PurePosixPath(upload.name).suffix[:8]}"
        stored = StoredFile(f"LOCAL{number:08d}", path, upload)
        self._by_id[stored.id] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return next((stored for stored in self._by_id.values() if stored.path == path), None)

    def taken(self, value: str, uploads: dict[str, Upload], folder: str) -> StoredFile:
        """What a parameter like `photo` refers to: an upload in this request, or a file sent before."""
        if value.startswith("attach://"):
            upload = uploads.get(value.removeprefix("attach://"))
            if upload is None:
                raise bad("wrong file identifier/HTTP URL specified")
            return self.add(upload, folder)
        if value.startswith(("http://", "https://")):
            raise bad("failed to get HTTP URL content")  # nothing leaves this machine
        stored = self.get(value)
        if stored is None:
            raise bad("wrong file identifier/HTTP URL specified")
        return stored

    def shown_as(self, stored: StoredFile) -> str:
        return media_type(stored.upload.data)
