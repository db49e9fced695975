"""The process that runs Medusa and its database as one: both answer or neither, and nothing outlives it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from bot.medusa_store.prepare import open_shop
from bot.processes.supervisor import STOP_WITHIN
from bot.processes.trouble import Trouble
from tests.medusa_store.running import RunningMedusa
from tests.until import answers, until

pytestmark = pytest.mark.medusa


@pytest.fixture
def own(tmp_path: Path) -> Iterator[RunningMedusa]:
    """One that may be killed."""
    medusa = RunningMedusa(tmp_path)
    yield medusa
    medusa.stop()


def children_of(medusa: RunningMedusa) -> list[psutil.Process]:
    children = psutil.Process(medusa.process.pid).children()
    assert {each.name().split()[0] for each in children} >= {"postgres"}, children
    assert len(children) == 2
    return children


def ended(processes: list[psutil.Process]) -> bool:
    return not any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in processes)


def serve_again(medusa: RunningMedusa) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.medusa_store", "--port", medusa.url.rpartition(":")[2]]
    return subprocess.run(
        [*command, "--state", str(medusa.folder)], capture_output=True, text=True, timeout=180, check=False
    )


def test_killed_it_leaves_nothing_behind_and_starts_again_with_what_was_written(own: RunningMedusa) -> None:
    with own.admin() as admin:
        assert admin.post("/orders/ord_1060/cancel", json={}).status_code == 200
    children = children_of(own)
    own.process.kill()
    own.process.wait()
    until(lambda: ended(children))
    own.start()
    with own.admin() as admin:
        assert admin.get("/orders/ord_1060", params={"fields": "status"}).json()["order"]["status"] == "canceled"


@pytest.mark.parametrize("which", [0, 1], ids=["one child", "the other"])
def test_when_one_of_the_two_dies_both_are_over(own: RunningMedusa, which: int) -> None:
    children = children_of(own)
    children[which].kill()
    assert own.process.wait(timeout=120) == 1
    until(lambda: ended(children))
    assert "ended with" in own.log.read_text("utf-8").splitlines()[-1]
    own.start()


def test_a_second_one_in_the_same_folder_is_refused_and_the_first_goes_on(own: RunningMedusa) -> None:
    said = serve_again(own)
    assert said.returncode == 1
    assert said.stderr.splitlines()[-1].startswith("A Medusa already runs in ")
    assert answers(f"{own.url}/health")
    with own.admin() as admin:
        assert admin.get("/orders/ord_1060").status_code == 200


def test_it_ends_when_asked_to_within_the_supervisors_patience(own: RunningMedusa) -> None:
    took: list[float] = []
    while len(took) < 3 and min(took, default=STOP_WITHIN) >= STOP_WITHIN:  # a slow machine is slow now and then
        children = children_of(own)
        began = time.monotonic()
        own.process.send_signal(signal.SIGTERM)
        assert own.process.wait(timeout=120) == 0
        took.append(time.monotonic() - began)
        assert ended(children)
        own.start()
    assert min(took) < STOP_WITHIN, took


def test_not_prepared(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.medusa_store", "--port", "1", "--state", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert (said.returncode, said.stderr) == (
        1,
        f"There is no Medusa in {tmp_path} yet: start it once with --prepare.\n",
    )


def test_no_key_lies_open(running: RunningMedusa) -> None:
    for name in ("store.json", "keys.json"):
        mode = (running.folder / "medusa" / name).stat().st_mode
        assert stat.S_IMODE(mode) == 0o600, name
    shop = open_shop(running.folder, running.url)
    assert stat.S_IMODE(shop.places.cluster.stat().st_mode) == 0o700


def test_the_database_asks_for_its_password_and_listens_here_only(running: RunningMedusa) -> None:
    import psycopg2  # noqa: PLC0415

    port = running.store["postgres_port"]
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(f"postgres://ramah:wrong@127.0.0.1:{port}/medusa")
    listening = [
        each.laddr.ip for each in psutil.net_connections("tcp") if each.laddr.port == port and each.status == "LISTEN"
    ]
    assert listening == ["127.0.0.1"]


def test_without_its_key_nothing_is_told(running: RunningMedusa) -> None:
    assert httpx.get(f"{running.url}/admin/orders", trust_env=False).status_code == 401
    wrong = httpx.get(f"{running.url}/admin/orders", auth=("sk_" + "0" * 64, ""), trust_env=False)
    assert wrong.status_code == 401


def test_somebody_elses_folder_is_not_touched(tmp_path: Path) -> None:
    shop = open_shop(tmp_path, "http://127.0.0.1:1")
    shop.places.cluster.parent.mkdir(parents=True, exist_ok=True)
    target = tmp_path / "precious"
    target.mkdir()
    shop.places.cluster.symlink_to(target)
    try:
        with pytest.raises(Trouble, match="somebody else's"):
            shop.cluster.make()
    finally:
        os.unlink(shop.places.cluster)
    assert target.is_dir()
