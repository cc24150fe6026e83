"""Names as on the card, as searched, and as machines read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.people.names import fold_word, name_key, search_words, tidy_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("SITI NURHALIZAH", "SITI NURHALIZAH"),
        ("  siti \u00a0 nur\tbaya ", "SITI NUR BAYA"),
        ("Suharto", "SUHARTO"),
        ("Ma\u2019ruf", "MA'RUF"),
        ("H. Abdul Hamid, S.Pd", "H. ABDUL HAMID, S.PD"),
        ("Jose\u0301", "JOS\u00c9"),
        ("Anna\u2013Maria", "ANNA-MARIA"),
        ("Bun\u200b Nyuk", "BUN NYUK"),
        ("OE", "OE"),
    ],
)
def test_a_name_is_tidied_as_on_the_ktp(typed: str, name: str) -> None:
    assert tidy_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "name.empty"),
        (" \u200b ", "name.empty"),
        ("A", "name.short"),
        ("A.", "name.short"),
        ("..", "name.short"),
        ("SITI 2", "name.digits"),
        ("SITI ²", "name.digits"),
        ("SITI 😀", "name.signs"),
        ("SITI_NUR", "name.signs"),
        ("陳美玲", "name.script"),
        ("Сити", "name.script"),
        ("A" * 101, "name.long"),
        ("NUR " * 50, "name.long"),
    ],
)
def test_what_no_ktp_shows_is_refused_by_its_own_name(typed: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        tidy_name(typed)
    assert caught.value.code == code
    assert caught.value.field == "name"


def test_the_length_is_told() -> None:
    with pytest.raises(Refused) as caught:
        tidy_name("B" * 200)
    assert caught.value.details == {"count": 200, "limit": 100}
    assert len(tidy_name("B" * 100)) == 100


@given(st.text(max_size=40))
def test_a_tidy_name_stays_as_it_is_and_has_words_to_search_by(text: str) -> None:
    try:
        name = tidy_name(text)
    except Refused:
        return
    assert tidy_name(name) == name
    assert search_words(name)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in search_words(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SOEHARTO", "SUHARTO"),
        ("DJOKO", "JOKO"),
        ("TJOKRO", "COKRO"),
        ("JUSUF", "YUSUF"),
        ("ACHMAD", "AHMAD"),
        ("AKHMAD", "AHMAD"),
        ("MUHAMMAD", "MUHAMAD"),
        ("NOVI", "NOFI"),
        ("IQBAL", "IKBAL"),
        ("SJAFRUDDIN", "SYAFRUDIN"),
        ("NJOMAN", "NYOMAN"),
        ("MA'RUF", "MARUF"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
    assert search_words(one) & search_words(other)


def test_other_names_do_not_sound_alike() -> None:
    names = ["SITI", "SUTI", "RINA", "RINI", "DEWI", "DEDI", "AHMAD", "HAMID", "MINAH", "AMINAH"]
    assert len({name_key(name) for name in names}) == len(names)


def test_the_order_of_words_does_not_matter_for_twins() -> None:
    assert name_key("SITI NUR BAYA") == name_key("BAYA SITI NUR") != name_key("SITI NUR")


def test_a_word_is_found_as_written_and_as_it_sounds() -> None:
    assert search_words("DJOKO") == {"djoko", "yoko"}
    assert fold_word("soedjono") == "suyono"
