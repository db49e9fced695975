"""``python -m actions --port 5055``: runs the action server until it is stopped."""

from __future__ import annotations

import argparse
import logging
import sys

from actions.server import create_server
from bot.orders.policy_file import PolicyError
from bot.settings import Settings

HOST = "127.0.0.1"  # only Rasa calls it, from the same machine


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m actions", description="Runs the bot's order jobs for Rasa.")
    parser.add_argument("--port", type=int, default=None, help="else RAMAH_ACTIONS_PORT")
    port = parser.parse_args(argv).port
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = Settings()
        app = create_server(settings)
    except (PolicyError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    app.run(HOST, port or settings.actions_port, workers=1, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
