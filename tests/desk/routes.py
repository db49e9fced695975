"""Every route of the desk's API, and how to call one without knowing what it does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from bot.processes.ports import free_port
from tests.desk.processes import Desk
from tests.gateway.processes import ROOT

STREAM = "/desk/v1/stream"


@dataclass(frozen=True)
class ListedRoute:
    method: str
    path: str
    door: bool
    may: str | None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def below(self, **places: str) -> str:
        """The path after /desk/v1 with its parameters filled in; unknown ones with something that is not there."""
        filled = re.sub(r"<(\w+)(:[^>]*)?>", lambda found: places.get(found[1], "nothing-there"), self.path)
        return filled.removeprefix("/desk/v1")


def routes_of(desk: Desk) -> list[ListedRoute]:
    """What the gateway's own routers say; static pages are left out."""
    environment = {**os.environ, **desk.environment, "RAMAH_GATEWAY_PORT": str(free_port())}
    command = [sys.executable, "-m", "tests.desk.list_routes"]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    found: list[dict[str, Any]] = json.loads(told.stdout.splitlines()[-1])
    return [ListedRoute(**each) for each in found if each["path"].startswith("/desk/v1")]
