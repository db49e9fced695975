"""Stock Rasa for comparison: an environment of its own with TensorFlow, made when it is not there.

``python -m benchmarks.stock --lock`` writes ``requirements/stock.txt`` anew (needs uv).
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]
LOCK = PROJECT / "requirements" / "stock.txt"
ENVIRONMENT = PROJECT / ".cache" / "stock-venv"
PYTHON = ENVIRONMENT / "bin" / "python"
# setuptools: Rasa 3.6 imports pkg_resources, which later releases no longer have
WANTED = "rasa==3.6.21\nsetuptools<81\n"


def make_environment() -> Path:
    """Install what the lock says, some minutes and 2.5 GB the first time.

    Returns:
        the environment's Python.

    Raises:
        subprocess.CalledProcessError: pip failed; it has said why.
    """
    stamp = ENVIRONMENT / "installed"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Installing stock Rasa with TensorFlow into .cache/stock-venv ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*pip, "--require-hashes", "--requirement", str(LOCK)], check=True)
        stamp.write_text(wanted)
    return PYTHON


def config(epochs: int, folder: Path) -> Path:
    """Stock Rasa's configuration with so many epochs wherever it trains in epochs."""
    written = folder / "stock_config.yml"
    folder.mkdir(parents=True, exist_ok=True)
    text = (PROJECT / "benchmarks" / "stock_config.yml").read_text("utf-8")
    written.write_text(text.replace("epochs: 100", f"epochs: {epochs}"), "utf-8")
    return written


def lock() -> None:
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.10", "--generate-hashes"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "-", "--output-file", str(LOCK)]
    subprocess.run(
        [*command, "--custom-compile-command", "python -m benchmarks.stock --lock"],
        input=WANTED,
        text=True,
        check=True,
    )


if __name__ == "__main__" and "--lock" in sys.argv:
    lock()
