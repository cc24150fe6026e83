"""Help and errors of the command line, in Indonesian."""

from __future__ import annotations

import argparse
import inspect
import re
from datetime import date

import pytest

from gui.commands.parser import day, whole
from models.errors import Refused
from tests.commands.conftest import Call

COMMANDS = ("demo", "verifier", "dinkes", "recap", "slip", "verify", "check", "restore", "rebuild")
# Names of options, commands and variables are as they are in every language.
NAMES = re.compile(
    r"--?[a-z-]+|python3 main\.py(?: [a-z]+)?|POSVAKSIN_\w+|\b(?:png|jpg|pdf)\b|^ +(?:" + "|".join(COMMANDS) + r")\b", re.M
)
COMMON = set("and or the with file path name user window check of to is if value show date output command default".split())  # noqa: SIM905


def english() -> set[str]:
    """Every word that argparse itself may say, and some that one is tempted to write."""
    said = re.findall(r"_\(\s*(?:'([^']*)'|\"([^\"]*)\")", inspect.getsource(argparse))
    return {word.lower() for pair in said for text in pair for word in re.findall(r"[A-Za-z]{2,}", text)} | COMMON


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_no_word_of_help_is_english(command: str, call: Call) -> None:
    said = call(*command.split(), "--help")
    assert said.code == 0
    assert said.out.startswith("Pemakaian: python3 main.py")
    words = set(re.findall(r"\b[a-z]+\b", NAMES.sub(" ", said.out).lower()))
    assert words & english() == set()
    assert "Kode keluar" in said.out
    assert all(name in said.out for name in ([] if command else COMMANDS))


def test_the_list_of_english_words_would_notice_argparse_itself() -> None:
    said = argparse.ArgumentParser(prog="x").format_help()
    assert {"usage", "options", "show", "this", "exit"} <= set(re.findall(r"[a-z]+", said.lower())) & english()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Belum diisi: PERINTAH"),
        ("nothing", "Perintah itu tidak ada"),
        ("recap --date 2021-12-20", "Belum diisi: --out"),
        ("recap --date", "Tulis isiannya sesudah --date"),
        ("recap --date 2021-02-30 --out x.pdf", "Tulis tanggal yang ada di kalender"),
        ("slip --dose 6112 --out x.pdf", "32 angka dan huruf"),
        ("verify", "Belum diisi: TEKS --image"),
        ("verify HC1:A --image x.png", "Pilih salah satu"),
        ("check --demo --data x", "Pilih salah satu"),
        ("demo --no-window --people banyak", "Tulis angka bulat"),
        ("demo --no-window --people 0", "1 sampai 20.000"),
        ("demo --no-window --today 2026-01-01", "01-09-2021 sampai 31-01-2022"),
        ("--data x check", "Perintah itu tidak ada"),
        ("verifier --folder x", "--help"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_exits_2(words: str, said: str, call: Call) -> None:
    answer = call(*words.split())
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "words", ["check Siti", "slip --dose 6112095206520003 --out Siti", "Siti", "recap --date 6112095206520003"]
)
def test_what_was_typed_is_not_repeated(words: str, call: Call) -> None:
    answer = call(*words.split())
    assert answer.code == 2
    assert "Siti" not in answer.err
    assert "6112" not in answer.err


@pytest.mark.parametrize("text", ["2021-12-20", "20-12-2021", " 20-12-2021 "])
def test_dates_come_in_two_ways(text: str) -> None:
    assert day(text) == date(2021, 12, 20)


@pytest.mark.parametrize("text", ["", "20122021", "2021-W51-1", "20-12-21", "31-02-2021", "2021-12-20T00", "٢٠-١٢-٢٠٢١"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"command\.date"):
        day(text)


@pytest.mark.parametrize("text", ["-1", "1.000", "", "1e3", "٢", "999999999"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"command\.number"):
        whole(text)
