"""What can have become of a parcel that somebody misses."""

from __future__ import annotations

from enum import Enum


class Situation(str, Enum):
    cancelled = "cancelled"
    unpaid = "unpaid"
    not_shipped = "not_shipped"
    on_its_way = "on_its_way"  # and not late
    late = "late"
    overdue = "overdue"  # so late or so quiet that it counts as lost
    lost = "lost"  # the carrier says so
    returned_to_sender = "returned_to_sender"
    delivered_recently = "delivered_recently"  # marked delivered: look around first
    delivered = "delivered"  # marked delivered, and the wait is over
    delivered_long_ago = "delivered_long_ago"
    already_reported = "already_reported"
