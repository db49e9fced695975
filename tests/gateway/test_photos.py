"""Photos: checked, turned, stripped, and only for the conversation they were sent in."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from tests.gateway.processes import Engine
from tests.gateway.shopper import Shopper


def _image(kind: str, size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode in ("RGB", "RGBA") else 1).save(out, kind, **options)
    return out.getvalue()


def _png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that would unpack to a huge picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


async def _upload(shopper: Shopper, content: bytes, kind: str = "image/jpeg") -> tuple[int, dict[str, object]]:
    headers = {**shopper.headers, "Content-Type": kind}
    answer = await shopper.http.post(f"{shopper.path}/photos", content=content, headers=headers)
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (_image("JPEG"), (300, 200)),
        (_image("PNG", mode="RGBA"), (300, 200)),
        (_image("PNG", mode="P"), (300, 200)),
        (_image("PNG", mode="I;16"), (300, 200)),
        (_image("JPEG", mode="CMYK"), (300, 200)),
        (_image("WEBP"), (300, 200)),
        (_image("JPEG", size=(5000, 2500)), (2000, 1000)),
    ],
)
async def test_a_photo_is_stored_anew_as_a_jpeg_of_a_bounded_size(
    shopper: Shopper, content: bytes, size: tuple[int, int]
) -> None:
    status, photo = await _upload(shopper, content)
    assert status == 201
    assert (photo["width"], photo["height"]) == size
    answer = await shopper.http.get(f"{shopper.path}/photos/{photo['photo_id']}", headers=shopper.headers)
    assert answer.headers["content-type"] == "image/jpeg"
    stored = Image.open(io.BytesIO(answer.content))
    assert (stored.format, stored.size) == ("JPEG", size)


async def test_where_a_photo_was_taken_is_not_kept_but_its_turn_is(shopper: Shopper) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x8825] = {1: "N", 2: (3.0, 8.0, 0.0)}  # GPS
    exif[0x010F] = "SecretCamera"
    status, photo = await _upload(shopper, _image("JPEG", exif=exif, comment=b"secret comment"))
    assert (status, photo["width"], photo["height"]) == (201, 200, 300)
    answer = await shopper.http.get(f"{shopper.path}/photos/{photo['photo_id']}", headers=shopper.headers)
    assert not Image.open(io.BytesIO(answer.content)).getexif()
    assert b"ecret" not in answer.content


async def test_a_photo_is_said_and_reaches_the_engine(shopper: Shopper, engine: Engine) -> None:
    _, photo = await _upload(shopper, _image("PNG"), "image/png")
    await shopper.replies(photo=photo["photo_id"])
    assert engine.asked()[-1]["input"] == {"kind": "photo", "photo_id": photo["photo_id"]}
    assert (await shopper.messages())[0]["card"] == {"type": "photo", **photo}


async def test_anothers_photo_does_not_exist(shopper: Shopper, other_shopper: Shopper) -> None:
    _, photo = await _upload(other_shopper, _image("PNG"))
    seen = await shopper.http.get(f"{shopper.path}/photos/{photo['photo_id']}", headers=shopper.headers)
    said = await shopper.post(photo=photo["photo_id"])
    assert (seen.status_code, said.status_code) == (404, 422)


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (b"", "image/jpeg", (422, "photo_unreadable")),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png", (422, "photo_unreadable")),
        (b"GIF89a" + b"\0" * 100, "image/png", (422, "photo_unreadable")),
        (_image("GIF"), "image/png", (422, "photo_unreadable")),
        (_image("JPEG")[:400], "image/jpeg", (422, "photo_unreadable")),
        (_image("JPEG"), "image/svg+xml", (415, "photo_type")),
        (_image("JPEG"), "text/html", (415, "photo_type")),
        (_png_that_claims(6400, 6400), "image/png", (422, "photo_pixels")),
        (_png_that_claims(30_000, 30_000), "image/png", (422, "photo_pixels")),
        (_png_that_claims(300, 300), "image/png", (422, "photo_unreadable")),
        (b"x" * (8 * 1024 * 1024 + 1), "image/jpeg", (413, "too_large")),
    ],
    ids=[
        "empty",
        "svg",
        "gif-header",
        "gif",
        "cut-short",
        "svg-type",
        "html-type",
        "too-many-pixels",
        "bomb",
        "pixels-missing",
        "too-many-bytes",
    ],
)
async def test_what_is_no_photo_is_refused(
    shopper: Shopper, content: bytes, kind: str, expected: tuple[int, str]
) -> None:
    status, problem = await _upload(shopper, content, kind)
    assert (status, problem["code"]) == expected


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_photo_with_broken_bytes_is_stored_or_refused_and_breaks_nothing(shopper: Shopper, kind: str) -> None:
    sound = bytearray(_image(kind, size=(64, 64)))
    for position in range(0, len(sound), max(1, len(sound) // 40)):
        broken = sound.copy()
        broken[position] ^= 0xFF
        status, _ = await _upload(shopper, bytes(broken))
        assert status in (201, 422)
