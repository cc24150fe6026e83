"""A month of an invented fridge: quiet, one hot noon, one frost, days that nobody read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from models.stock.cold.card_queries import CardDay, CardFacts, CardNote
from models.stock.cold.fridge_tag import TagDay
from models.stock.cold.queries import EquipmentRow

FRIDGE = EquipmentRow(
    UUID(int=1), 1, UUID(int=2), "Gudang vaksin", "Kulkas 1", "fridge", "VLS-204A-77", "999900000042",
    "Apt. Rina Kartika, S.Farm.", 20, 80, True,
)  # fmt: skip


def card(**values: Any) -> CardFacts:
    """December 2021 up to the 20th."""
    days = []
    for number in range(31):
        day = date(2021, 12, 1) + timedelta(days=number)
        if day.day > 20:
            days.append(CardDay(day))
            continue
        tag = TagDay(day, 30 + number % 4, 58 + number % 7, 0, "", 0, "")
        morning, afternoon = 38 + number * 7 % 17, 45 + number * 5 % 19
        others: tuple[tuple[str, int], ...] = ()
        if day.day == 9:
            morning, tag = -6, TagDay(day, -9, 55, 95, "03:10", 0, "")
        if day.day == 14:
            afternoon, others = 131, (("12.05", 94),)
            tag = TagDay(day, 40, 131, 0, "", 640, "21:05")
        days.append(CardDay(day, None if day.day == 5 else morning, None if day.day in {5, 20} else afternoon, others, tag))
    noon = datetime(2021, 12, 14, 5, 5, tzinfo=UTC)
    notes = (
        CardNote(
            noon, noon + timedelta(hours=5), None, 131,
            "Listrik padam; vaksin dipindah ke kotak dingin dengan 4 cool pack pukul 12.40 dan suhunya 5,1 °C", "held",
        ),
    )  # fmt: skip
    given: dict[str, Any] = {
        "facility": "Puskesmas Sungai Kakap", "facility_code": "P6112090101",
        "place": "Kecamatan Sungai Kakap, Kabupaten Kubu Raya, Kalimantan Barat", "zone_name": "WIB", "equipment": FRIDGE,
        "month": date(2021, 12, 1), "days": tuple(days), "notes": notes, "head_name": "dr. Ratna Wulandari",
        "head_nip": "197905122006042001", "acting": False, "taken_at": datetime(2021, 12, 20, 5, 0, tzinfo=UTC),
    }  # fmt: skip
    return CardFacts(**(given | values))
