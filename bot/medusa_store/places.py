"""Where a Medusa of ours keeps what."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

SERVER = Path(__file__).parent / "server"  # what the shop's own Medusa is made of
LASTING = Path("/var/tmp")  # noqa: S108 - the folder made in it is private, and refused where somebody else made it
PACKAGE_FILES = ("package.json", "package-lock.json", ".npmrc", "stubs/empty/package.json", "stubs/empty/index.js")


@dataclass(frozen=True)
class Places:
    """The folders of one installation, all made from its state folder."""

    state_dir: Path

    @property
    def folder(self) -> Path:
        return self.state_dir.resolve() / "medusa"

    @property
    def app(self) -> Path:
        return self.folder / "app"

    @property
    def keys(self) -> Path:
        return self.folder / "keys.json"

    @property
    def store(self) -> Path:
        """What a client needs: address, key, and the ids of what is not the demo shop's own."""
        return self.folder / "store.json"

    @property
    def log(self) -> Path:
        return self.folder / "preparation.log"

    @property
    def cluster(self) -> Path:
        """PostgreSQL's folder. It refuses to run as root, and its own user cannot pass /root or a test's folder."""
        if os.getuid() != 0:
            return self.folder / "postgresql"
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return (LASTING if LASTING.is_dir() else Path(tempfile.gettempdir())) / f"ramah-medusa-{name}"


def cache_folder() -> Path:
    """Packages and filled databases that all installations of this user share."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "ramah" / "medusa"


def digest(*parts: bytes) -> str:
    """A short name for this content."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()[:16]


def package_digest() -> str:
    return digest(*((SERVER / name).read_bytes() for name in PACKAGE_FILES))
