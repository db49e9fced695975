"""Medusa's own command line, run on our database and nobody else's."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.medusa_store.places import PACKAGE_FILES, SERVER
from bot.medusa_store.tools import Tools
from bot.processes.ports import LOOPBACK
from bot.processes.trouble import Trouble


@dataclass(frozen=True)
class Medusa:
    """``app``: the folder of this shop's code; ``keys``: ``medusa_keys``; ``database_url``: with its password."""

    tools: Tools
    app: Path
    keys: Mapping[str, str]
    database_url: str
    url: str
    log: Path

    def lay_out(self, packages: Path) -> None:
        """The code of this version in place of what another version left there."""
        self.app.mkdir(parents=True, exist_ok=True)
        for name in (*PACKAGE_FILES, "medusa-config.js", "remembered-hash.js", "seed.js"):
            (self.app / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(SERVER / name, self.app / name)
        for name in ("seed", "src"):
            shutil.rmtree(self.app / name, ignore_errors=True)
            shutil.copytree(SERVER / name, self.app / name)
        link = self.app / "node_modules"
        link.unlink(missing_ok=True)
        link.symlink_to(packages / "node_modules")

    def command(self, *arguments: str | Path) -> list[str | Path]:
        return [self.tools.node, self.app / "node_modules/@medusajs/cli/cli.js", *arguments]

    def serving(self) -> list[str | Path]:
        return self.command("start", "-H", LOOPBACK, "-p", self.url.rpartition(":")[2])

    def environment(self, events_url: str = "") -> dict[str, str]:
        """Nothing of ours but what it needs; where to tell of events, if anywhere."""
        events = {"RAMAH_EVENTS_URL": events_url, "RAMAH_EVENTS_SECRET": self.keys["events_secret"]}
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME", "TZ", "LANG") if name in os.environ},
            "NODE_ENV": "production",
            "MEDUSA_DISABLE_TELEMETRY": "true",
            "DATABASE_URL": self.database_url,
            "JWT_SECRET": self.keys["jwt_secret"],
            "COOKIE_SECRET": self.keys["cookie_secret"],
            "SHOP_URL": self.url,
            **(events if events_url else {}),
        }

    def run(self, *arguments: str | Path) -> None:
        """One of its commands, to the end.

        Raises:
            Trouble: it failed; what it said is in the log.
        """
        with self.log.open("ab") as log:
            said = subprocess.run(  # noqa: S603
                [str(part) for part in self.command(*arguments)],
                cwd=self.app,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
            )
        if said.returncode:
            raise Trouble(f"Medusa's `{arguments[0]}` failed; what it said is in {self.log}.")
