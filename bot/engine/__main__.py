"""``python -m bot.engine --port 5005 --model models``: the process that holds Rasa."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from bot.engine.before_rasa import prepare


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bot.engine", description="Serve the dialogue model to the gateway."
    )
    parser.add_argument("--port", type=int, default=5005, help="port on 127.0.0.1 (default: 5005)")
    parser.add_argument("--model", type=Path, default=Path("models"), help="a model, or a folder of them")
    given = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    prepare()
    from bot.engine.channel import WrongSetUp  # noqa: PLC0415 - only after prepare()
    from bot.engine.server import NoModel, PortTaken, serve  # noqa: PLC0415
    from bot.shop_file.mistakes import ShopFileError  # noqa: PLC0415

    try:
        return serve(given.port, given.model)
    except (NoModel, PortTaken, WrongSetUp, ShopFileError) as trouble:
        print(trouble, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
