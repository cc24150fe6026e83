"""The account of a consumable: used follows the doses, a count is the truth from then on, a safety box is begun once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.stock.planning.consumables import (
    COUNTED,
    DISCARDED,
    RECEIVED,
    SENT,
    SHIPPED,
    Event,
    Used,
    account,
    needed,
    pieces,
)

DAY = datetime(2021, 12, 20, tzinfo=UTC)
ITEMS = {item.code: item for item in SHIPPED}
ADS, BOX = ITEMS["ads_05"], ITEMS["safety_box"]


def at(hour: float, day: int = 0) -> datetime:
    return DAY + timedelta(days=day, hours=hour)


@pytest.mark.parametrize(
    ("code", "used", "count"),
    [
        ("ads_05", Used(full=7, half=3), 7), ("spuit_1", Used(full=7, half=3), 3), ("swab", Used(full=7, half=3), 10),
        ("nacl", Used(full=12, diluted=2), 2), ("safety_box", Used(full=99, half=1), 1), ("safety_box", Used(full=101), 2),
        ("safety_box", Used(), 0),
    ],
)  # fmt: skip
def test_what_doses_and_diluted_vials_take(code: str, used: Used, count: int) -> None:
    assert pieces(ITEMS[code], used) == count


def test_every_figure_of_a_day_adds_up() -> None:
    events = [Event(at(1, -1), RECEIVED, 500), Event(at(3), SENT, 100, internal=True), Event(at(4), DISCARDED, 2)]
    uses = [(at(5, -1), Used(full=40)), (at(5), Used(full=30, half=9))]
    found = account(ADS, events, uses, at(0), at(24))
    assert (found.opening, found.received, found.sent, found.used, found.discarded) == (460, 0, 100, 30, 2)
    assert (found.closing, found.internal_out, found.tracked) == (328, 100, True)
    before = account(ADS, events, uses, at(0, -1), at(0))
    assert (before.opening, before.received, before.used, before.closing) == (0, 500, 40, 460)


def test_a_count_is_the_truth_from_then_on_and_the_difference_has_a_name() -> None:
    events = [Event(at(1), RECEIVED, 100), Event(at(12), COUNTED, 50)]
    uses = [(at(5), Used(full=40)), (at(13), Used(full=5))]
    found = account(ADS, events, uses, at(0), at(24))
    assert (found.received, found.used, found.difference, found.closing) == (100, 45, -10, 45)


def test_what_was_given_before_the_first_line_is_not_taken_from_what_came_later() -> None:
    found = account(ADS, [Event(at(12), COUNTED, 50)], [(at(5), Used(full=40)), (at(13), Used(full=5))], at(0), at(24))
    assert (found.opening, found.used, found.difference, found.closing) == (0, 5, 50, 45)


def test_without_any_line_use_is_known_and_what_is_left_is_not() -> None:
    found = account(ADS, [], [(at(5, -1), Used(full=9)), (at(5), Used(full=4))], at(0), at(24))
    assert (found.used, found.tracked) == (4, False)


def test_more_used_than_was_ever_written_down_is_said_as_a_negative_rest() -> None:
    found = account(ADS, [Event(at(1), RECEIVED, 3)], [(at(5), Used(full=4))], at(0), at(24))
    assert found.closing == -1


def test_a_safety_box_that_was_begun_yesterday_is_not_begun_again_today() -> None:
    events, uses = [Event(at(1, -1), RECEIVED, 10)], [(at(5, -1), Used(full=60)), (at(5), Used(full=30)), (at(6), Used(full=20))]
    assert account(BOX, events, uses, at(0, -1), at(0)).used == 1
    assert account(BOX, events, uses, at(0), at(24)).used == 1
    assert account(BOX, events, uses[:2], at(0), at(24)).used == 0


def test_several_posts_are_one_account() -> None:
    sent = account(ADS, [Event(at(1), RECEIVED, 100), Event(at(2), SENT, 40, internal=True)], [], at(0), at(24))
    came = account(ADS, [Event(at(2), RECEIVED, 40, internal=True)], [(at(5), Used(full=7))], at(0), at(24))
    both = sent + came
    assert (both.closing, both.received - both.internal_in, both.sent - both.internal_out) == (93, 100, 0)


def test_what_goes_along_with_vials() -> None:
    assert needed(SHIPPED, Used(full=120, diluted=20)) == {"ads_05": 120, "nacl": 20, "safety_box": 2, "swab": 120}
