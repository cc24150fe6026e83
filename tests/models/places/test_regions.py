"""The shipped list of regions."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from models.places.regions import Regions

PACKED = Path(__file__).parents[3] / "resources" / "regions.zip"


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load(PACKED)


def test_all_regions_of_the_decree_are_there_and_each_lies_in_one_above(regions: Regions) -> None:
    provinces = regions.children()
    kabupaten = [each for code, _ in provinces for each in regions.children(code)]
    kecamatan = [each for code, _ in kabupaten for each in regions.children(code)]
    desa = [each for code, _ in kecamatan for each in regions.children(code)]
    assert (len(provinces), len(kabupaten), len(kecamatan), len(desa)) == (38, 514, 7285, 83762)
    assert len({code for code, _ in desa}) == 83762
    assert all(len(code) == 13 and code[9] in "123" and name for code, name in desa)


def test_known_places_have_their_names(regions: Regions) -> None:
    assert regions.path("61.12.09") == "Sungai Kakap, Kubu Raya, Kalimantan Barat"
    assert regions.path("61.12.09.2009") == "Punggur Kecil, Sungai Kakap, Kubu Raya, Kalimantan Barat"
    assert regions.path("96.71.05") == "Sorong Utara, Kota Sorong, Papua Barat Daya"
    assert regions.path("61.12") == "Kabupaten Kubu Raya, Kalimantan Barat"
    assert [name for _, name in regions.children("61.12.09")][:3] == ["Sungai Kakap", "Sungai Itik", "Jeruju Besar"]
    assert len(regions.children("61.12.09")) == 15


def test_an_unknown_code_is_shown_as_it_is_and_has_nothing_in_it(regions: Regions) -> None:
    for code in ("99", "99.01", "61.12.99", "61.12.09.9999", "99.99.99.2001", "6112", ""):
        assert code not in regions
        assert regions.name(code) == code
    assert "61.12.09.2001" in regions
    assert regions.children("61.12.99") == []
    assert regions.children("61.12.09.2001") == []


def test_a_prefix_is_current_retired_or_unknown(regions: Regions) -> None:
    current = regions.known_prefix("611209")
    assert (current.status, current.name) == ("current", "Sungai Kakap")
    merauke = regions.known_prefix("910101")
    assert merauke.status == "retired"
    assert merauke.path == "Merauke, Merauke, Papua Selatan"
    sorong = regions.known_prefix("927101")
    assert sorong.path.endswith("Kota Sorong, Papua Barat Daya")
    assert regions.known_prefix("611299").status == "unknown"
    assert regions.known_prefix("").status == "unknown"


def test_all_588_retired_prefixes_lie_in_a_kabupaten_of_today(regions: Regions) -> None:
    text = (PACKED.parent / "regions_retired.csv").read_text(encoding="utf-8").splitlines()[1:]
    found = [regions.known_prefix(line[:6]) for line in text]
    assert len(found) == 588
    assert {each.status for each in found} == {"retired"}
    assert all(not any(sign.isdigit() for sign in each.path.split(", ")[-2]) for each in found)


def test_search_takes_words_by_their_beginning_and_prefers_the_beginning_of_the_name(regions: Regions) -> None:
    assert regions.search("kakap", "kecamatan") == [("61.12.09", "Sungai Kakap")]
    assert regions.search("SUNG kak", "kecamatan", within="61") == [("61.12.09", "Sungai Kakap")]
    assert [name for _, name in regions.search("pung", "desa", within="61.12.09")] == [
        "Punggur Kecil",
        "Punggur Besar",
        "Punggur Kapuas",
    ]
    assert regions.search("kapuas", "desa", within="61.12.09")[0][1] in {"Punggur Kapuas", "Rengas Kapuas"}
    assert regions.search("sorong", "kecamatan")[0][1].startswith("Sorong")
    assert regions.search("  ", "desa") == []
    assert len(regions.search("s", "kecamatan", limit=5)) == 5


def test_names_of_kecamatan_are_there_at_once() -> None:
    best = min(_seconds_to_load() for _ in range(3))
    assert best < 0.05


def _seconds_to_load() -> float:
    begin = time.perf_counter()
    Regions.load(PACKED)
    return time.perf_counter() - begin


def test_the_licence_of_the_data_lies_beside_it() -> None:
    assert "Cahya DSN" in (PACKED.parent / "regions.LICENSE.txt").read_text(encoding="utf-8")
