"""Shoppers' photos: checked before they are decoded, stored anew as JPEG without what cameras write into them."""

from __future__ import annotations

import asyncio
import io
import os
import secrets
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.conversations.photos import Photo
from bot.gateway.problems import Problem

MAX_PIXELS = 40_000_000
MAX_SIDE = 2000
_FORMATS = ("JPEG", "PNG", "WEBP")


class PhotoFiles:
    """One thread decodes, so that memory stays bounded by one photo and the event loop never waits."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="photos")

    async def store(self, raw: bytes) -> Photo:
        """Raises the problems ``photo_unreadable`` and ``photo_pixels``."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._store, raw)

    async def read(self, photo: Photo) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(None, self._path(photo.id).read_bytes)

    def close(self) -> None:
        self._thread.shutdown()

    def _store(self, raw: bytes) -> Photo:
        jpeg, width, height = _as_jpeg(raw)
        photo = Photo(secrets.token_urlsafe(16), width, height, len(jpeg))
        path = self._path(photo.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            file.write(jpeg)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        return photo

    def _path(self, photo_id: str) -> Path:
        return self._folder / photo_id[:2] / f"{photo_id}.jpg"


def _as_jpeg(raw: bytes) -> tuple[bytes, int, int]:
    try:
        with warnings.catch_warnings():
            # Pillow's own warning about many pixels: the check below is stricter.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(raw), formats=_FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise Problem("photo_pixels")
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))
        image.thumbnail((MAX_SIDE, MAX_SIDE))
        upright = _on_white(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError as error:
        raise Problem("photo_pixels") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Problem("photo_unreadable") from error
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), upright.width, upright.height


def _on_white(image: Image.Image) -> Image.Image:
    """A fresh RGB image: nothing but pixels is taken over, transparency becomes white."""
    rgba = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
    fresh = Image.new("RGB", rgba.size, "white")
    fresh.paste(rgba, mask=rgba.getchannel("A") if rgba.mode == "RGBA" else None)
    return fresh
