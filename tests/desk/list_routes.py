"""The routes that a gateway really has below /desk, as JSON: it is made as always, and then not run.

``python -m tests.desk.list_routes``; ``door``: whether the route stands behind the desk's door.
"""

from __future__ import annotations

import json
from typing import Any

from sanic import Sanic

from bot.gateway.__main__ import main


def _tell(app: Any, **_: Any) -> None:
    app.router.finalize()
    routes = [
        {
            "method": method,
            "path": f"/{route.path}",
            "door": hasattr(route.handler, "may"),
            "may": getattr(route.handler, "may", None),
        }
        for route in app.router.routes
        for method in sorted(route.methods)
        if f"/{route.path}".startswith("/desk")
    ]
    print(json.dumps(routes))


if __name__ == "__main__":
    Sanic.run = _tell
    main()
