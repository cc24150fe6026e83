"""The key file: what opens it, what does not, and that it is never half there."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Problem, Refused, Unavailable
from models.records import keys as key_files
from tests.conftest import Costs

CODE = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, key_files.Keys]:
    """One key file for all tests; they work on copies."""
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    return path, key_files.create(path, CODE)


@pytest.fixture
def path(made: tuple[Path, key_files.Keys], tmp_path: Path) -> Path:
    """A copy of the key file."""
    return Path(shutil.copy(made[0], tmp_path / "keys.json"))


def _changed(path: Path, change: Any) -> None:
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def test_a_key_file_is_the_owners_alone_and_opens_by_itself(made: tuple[Path, key_files.Keys]) -> None:
    path, keys = made
    assert path.stat().st_mode & 0o777 == 0o600
    assert key_files.load(path) == keys
    assert len(keys.key) == 32
    assert keys.key.hex() not in path.read_text("utf-8")
    assert list(path.parent.iterdir()) == [path]


def test_the_printed_code_opens_it_and_another_does_not(made: tuple[Path, key_files.Keys]) -> None:
    path, keys = made
    assert key_files.recover(path, CODE.lower().replace("-", " ")) == keys
    with pytest.raises(Refused, match=r"^records\.recovery_wrong$"):
        key_files.recover(path, CODE.replace("A", "B"))


def test_the_printed_code_is_stretched_as_dearly_as_a_password(
    product_costs: Costs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(key_files, "_STRETCH", product_costs.recovery)
    key_files.create(tmp_path / "keys.json", CODE)
    # RFC 9106, second recommended option.
    assert '"memory_cost": 65536' in (tmp_path / "keys.json").read_text("utf-8")
    assert '"time_cost": 3' in (tmp_path / "keys.json").read_text("utf-8")
    key_files.recover(tmp_path / "keys.json", CODE)


@pytest.mark.parametrize(
    "typed",
    [
        "ibcdbool" * 4,
        "IBCD-BOOL" * 4,
        " 1bcd 8001 -- IBCD_BOO1 / 1bcd.b00L ; ibcd,8ool ".replace("8001", "800l"),
        "ibcd\tbool\n" * 4,
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    meant = typed.upper().translate(str.maketrans("018", "OIB"))
    expected = key_files.read_recovery_code("".join(ch for ch in meant if ch.isalnum()))
    assert key_files.read_recovery_code(typed) == expected


@pytest.mark.parametrize(("wrong", "right"), [("0", "O"), ("1", "I"), ("8", "B"), ("o", "O"), ("b", "B")])
def test_a_letter_that_looks_alike_counts_as_the_one_that_was_printed(wrong: str, right: str) -> None:
    assert key_files.read_recovery_code(wrong * 32) == key_files.read_recovery_code(right * 32)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "records.recovery_length"),
        (CODE[:-1], "records.recovery_length"),
        (CODE + "A", "records.recovery_length"),
        ("9" * 32, "records.recovery_letters"),
        ("Ａ" * 32, "records.recovery_letters"),
        ("é" * 32, "records.recovery_letters"),
    ],
)
def test_a_code_with_too_few_or_other_letters_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        key_files.read_recovery_code(typed)
    assert refusal.value.code == code
    assert typed not in map(str, refusal.value.details.values()) or not typed


@given(st.text() | st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789- ", min_size=30, max_size=40))
def test_whatever_is_typed_is_twenty_bytes_or_refused(typed: str) -> None:
    with suppress(Refused):
        assert len(key_files.read_recovery_code(typed)) == 20


def test_new_codes_differ_and_can_be_read_back() -> None:
    codes = {key_files.new_recovery_code() for _ in range(50)}
    assert len({key_files.read_recovery_code(code) for code in codes}) == 50


@pytest.mark.parametrize("wrap", [0, 1])
@pytest.mark.parametrize("blob", ["zz", "", "00", "ab" * 60, None, 7])
def test_a_changed_wrap_is_broken_not_a_crash(path: Path, wrap: int, blob: object) -> None:
    _changed(path, lambda content: content["wraps"][wrap].update(blob=blob))
    with pytest.raises(Problem) as problem:
        key_files.load(path) if wrap == 0 else key_files.recover(path, CODE)
    assert problem.value.code in {"records.keys_broken", "records.recovery_wrong"}


def test_one_flipped_bit_in_a_wrap_is_noticed(path: Path) -> None:
    def flip(content: Any) -> None:
        blob = bytearray.fromhex(content["wraps"][0]["blob"])
        blob[20] ^= 1
        content["wraps"][0]["blob"] = blob.hex()

    _changed(path, flip)
    with pytest.raises(Unavailable, match=r"^records\.keys_broken$"):
        key_files.load(path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "records.keys_broken"),
        (b"[]", "records.keys_broken"),
        (b"{}", "records.keys_broken"),
        (b'"version"', "records.keys_broken"),
        (b"\xff\xfe", "records.keys_broken"),
        (b'{"version": 1, "site": "x", "wraps": []}', "records.keys_broken"),
        (b'{"version": 1, "wraps": [{"kind": "file"}]}', "records.keys_broken"),
        (b'{"version": 1, "site": "01922222000070008000000000000001", "wraps": {"kind": 1}}', "records.keys_broken"),
        (b'{"version": 2}', "records.newer"),
    ],
)
def test_a_file_that_is_no_key_file_is_named_so(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "keys.json").write_bytes(content)
    for opening in (key_files.load, lambda path: key_files.recover(path, CODE)):
        with pytest.raises(Unavailable) as problem:
            opening(tmp_path / "keys.json")
        assert problem.value.code == code


def test_half_a_key_file_is_broken_at_any_length(path: Path) -> None:
    whole = path.read_bytes()
    for length in range(0, len(whole) - 1, 37):
        path.write_bytes(whole[:length])
        with pytest.raises(Unavailable, match=r"^records\.keys_broken$"):
            key_files.load(path)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"^records\.keys_missing$"):
        key_files.load(tmp_path / "keys.json")


def test_an_existing_file_is_never_overwritten(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Refused, match=r"^records\.keys_exist$"):
        key_files.create(path, CODE)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_nothing_or_what_was_there(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def fail(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device", "/rahasia")

    monkeypatch.setattr(Path, "replace", fail)
    for write in (
        lambda: key_files.create(tmp_path / "new.json", CODE),
        lambda: key_files.copy_for_recovery(path, path),
    ):
        with pytest.raises(Unavailable, match=r"^records\.cannot_write$"):
            write()
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == before


def test_a_draft_left_by_a_power_cut_does_not_lend_its_mode(tmp_path: Path) -> None:
    (tmp_path / "keys.json.new").write_text("half")
    (tmp_path / "keys.json.new").chmod(0o666)
    key_files.create(tmp_path / "keys.json", CODE)
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_place_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match=r"^records\.cannot_write$"):
        key_files.create(tmp_path / "file" / "folder" / "keys.json", CODE)


def test_the_key_file_of_a_copy_opens_with_the_code_alone(made: tuple[Path, key_files.Keys], tmp_path: Path) -> None:
    key_files.copy_for_recovery(made[0], tmp_path / "copy.keys")
    content = json.loads((tmp_path / "copy.keys").read_text("utf-8"))
    secret = json.loads(made[0].read_text("utf-8"))["wraps"][0]["secret"]
    assert [wrap["kind"] for wrap in content["wraps"]] == ["recovery"]
    assert secret not in (tmp_path / "copy.keys").read_text("utf-8")
    assert (tmp_path / "copy.keys").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match=r"^records\.recovery_needed$"):
        key_files.load(tmp_path / "copy.keys")
    assert key_files.recover(tmp_path / "copy.keys", CODE).key == made[1].key


def test_what_is_sealed_opens_for_its_purpose_and_installation_only(made: tuple[Path, key_files.Keys]) -> None:
    keys = made[1]
    sealed = keys.seal("signing", b"secret")
    assert keys.unseal("signing", sealed) == b"secret"
    assert keys.seal("signing", b"secret") != sealed
    assert b"secret" not in sealed
    other = key_files.Keys(keys.site, bytes(32))
    flipped = bytes([*sealed[:-1], sealed[-1] ^ 1])
    for holder, purpose, content in (
        (keys, "exchange", sealed),
        (other, "signing", sealed),
        (keys, "signing", flipped),
        (keys, "signing", sealed[:15]),
        (keys, "signing", b""),
    ):
        with pytest.raises(Unavailable, match=r"^records\.seal_broken$"):
            holder.unseal(purpose, content)
