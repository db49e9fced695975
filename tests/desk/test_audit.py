"""The audit log tells what happened and to whom it belonged, without keeping personal data a second time."""

from __future__ import annotations

from bot.conversations.times import utc_now
from bot.desk.people import audit
from tests.desk.desk_client import DeskClient
from tests.desk.processes import Desk


def test_personal_data_is_masked_wherever_it_stands() -> None:
    data = {
        "email": "siti@example.com",
        "said": "call me on +60 12-345 6703 or siti@example.com",
        "address": {"name": "Siti Aminah", "line1": "12 Jalan Mawar", "town": "Ipoh", "postcode": "30000"},
        "tried": [{"phone": "+60123456703"}],
        "order_number": "1060",
        "owner": {"id": "a_1", "name": "Aini"},
        "amount": 12.5,
        "personal": True,
        "none": None,
    }
    assert audit.masked(data) == {
        "email": "s•••@example.com",
        "said": "call me on ••• 703 or s•••@example.com",
        "address": {"name": "S••• A•••", "line1": "1•••", "town": "Ipoh", "postcode": "30000"},
        "tried": [{"phone": "••• 703"}],
        "order_number": "1060",
        "owner": {"id": "a_1", "name": "Aini"},
        "amount": 12.5,
        "personal": True,
        "none": None,
    }


async def test_supervisors_read_what_was_done_in_one_conversation_or_by_one_agent(
    desk: Desk, supervisor: DeskClient
) -> None:
    someone = desk.add_agent("Zahra")
    about = {"seen": "siti@example.com"}
    desk.write(lambda connection: audit.record(connection, someone, "looked", "c_one", about, utc_now()))
    desk.write(lambda connection: audit.record(connection, None, "escalated", "c_one", {}, utc_now()))
    both = (await supervisor.get("/audit", conversation="c_one"))["entries"]
    assert [each["what"] for each in both] == ["escalated", "looked"]
    [hers] = (await supervisor.get("/audit", agent=someone.id))["entries"]
    assert hers["agent"] == {"id": someone.id, "name": "Zahra"}
    assert hers["data"] == {"seen": "s•••@example.com"}
    assert (await supervisor.get("/audit", conversation="c_two", agent=someone.id))["entries"] == []
