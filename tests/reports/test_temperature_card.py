"""The card of a fridge's month on paper and as a workbook."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest

from reports.page import ALARM
from reports.raster import opened
from reports.temperature_card import draw_temperature_card, write_temperature_workbook
from reports.temperature_chart import Chart
from tests.reports.cards import FRIDGE, card
from tests.reports.sheets import sheets


def drawn(**values: object) -> bytes:
    out = io.BytesIO()
    draw_temperature_card(card(**values), out)
    return out.getvalue()


def words(pdf: bytes) -> str:
    """All text of the paper."""
    with opened(pdf) as document:
        assert len(document) == 1, "one page a fridge and month"
        return str(document[0].get_textpage().get_text_range())


def test_the_card_names_the_fridge_the_range_and_who_signs_and_counts_what_was_out_or_missed() -> None:
    found = words(drawn())
    for wanted in (
        "Puskesmas Sungai Kakap", "Kabupaten Kubu Raya", "Desember 2021", "Gudang vaksin", "Kulkas 1", "+2 sampai +8 °C",
        "Apt. Rina Kartika", "NIP 197905122006042001", "Di luar rentang 3 bacaan · tidak dibaca 2 kali", "13,1", "-0,6", "9,4",
        "10.40", "1.35", "Keputusan: ditahan",
    ):  # fmt: skip
        assert wanted in found, wanted
    assert found.count("ALARM") == 2
    assert drawn() == drawn(), "the same facts give the same bytes"


def test_what_is_out_of_range_is_marked_by_its_shape_at_its_place() -> None:
    scale, size = 4, 6
    image = pypdfium2.PdfDocument(drawn())[0].render(scale=scale).to_pil().convert("RGB")
    alarm = tuple(round(255 * each) for each in (ALARM.red, ALARM.green, ALARM.blue))

    def has_red(x: float, y: float) -> bool:
        left, top = int(x * scale), int(image.height - y * scale)
        near = [(left + across, top + down) for across in range(-size, size) for down in range(-size, size)]
        return any(sum(abs(a - b) for a, b in zip(image.getpixel(at), alarm, strict=True)) < 60 for at in near)

    chart = the_chart()
    assert has_red(chart.x(8, 0), chart.y(-6)), "too cold on the 9th in the morning"
    assert has_red(chart.x(13, 1), chart.y(131)), "beyond the scale: at its end"
    assert not has_red(chart.x(7, 0), chart.y(card().days[7].morning or 0))


def the_chart() -> Chart:
    """The grid as the card draws it."""
    charts: list[Chart] = []

    def keep(chart: Chart, _canvas: object) -> None:
        charts.append(chart)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Chart, "draw", keep)
        drawn()
    return charts[0]


@pytest.mark.parametrize(
    ("lowest", "highest", "axis"), [(20, 80, (10, -40, 120)), (-250, -150, (10, -310, -110)), (-900, -600, (20, -960, -560))]
)
def test_the_scale_leaves_room_beyond_the_range(lowest: int, highest: int, axis: tuple[int, int, int]) -> None:
    chart = Chart(card(equipment=replace(FRIDGE, lowest=lowest, highest=highest)), 0, 100, 620, 100)
    assert (chart.step, chart.bottom_tenths, chart.top_tenths) == axis
    assert chart.y(highest + 4000) == chart.y(axis[2]) == 100
    assert chart.y(lowest) < chart.y(highest)


def test_a_fridge_nobody_has_read_yet_has_a_card_to_be_filled_in_by_hand() -> None:
    empty = tuple(type(day)(day.day) for day in card().days)
    found = words(drawn(days=empty, notes=(), equipment=replace(FRIDGE, keeper="", serial="", logger="")))
    assert "Tidak ada kejadian suhu" in found
    assert "Di luar rentang 0 bacaan · tidak dibaca 39 kali" in found


def test_the_workbook_has_the_same_figures_as_numbers() -> None:
    out = io.BytesIO()
    write_temperature_workbook(card(), out)
    found = sheets(out.getvalue())
    hot = next(row for row in found["Suhu"].rows if "sore 13,1" in str(row))
    assert (hot[2], hot[5:8], hot[10]) == (13.1, [13.1, 640, "ALARM"], "OK")
    assert "ditahan" in str(found["Kejadian"].rows)
