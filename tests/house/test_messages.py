"""A code that models raise has a sentence in gui/messages, a sentence has a code, and its placeholders get values."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from string import Formatter
from typing import NamedTuple

import gui.messages
from tests.house.source import Source, parse, product

PROBLEMS = {"Problem", "Refused", "Confirm", "Forbidden", "Unavailable"}


class Raised(NamedTuple):
    """One place that says no; `details` is None where they cannot be read from the source (`**details`)."""

    where: str
    code: str
    details: frozenset[str] | None


def raised(source: Source) -> Iterator[Raised]:
    """Codes written at the place itself. Those that come in a variable are only seen by `texts`."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        if (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) not in PROBLEMS:
            continue
        names = {keyword.arg for keyword in node.keywords}
        details = None if None in names else frozenset(name for name in names if name)
        code = node.args[0]
        for choice in [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]:
            if isinstance(choice, ast.Constant) and isinstance(choice.value, str):
                yield Raised(f"{source.path}:{node.lineno}", choice.value, details)


def is_said(code: str, texts: set[str]) -> bool:
    """Whether the code, or its subject as the beginning of a code put together, stands somewhere in the source."""
    return code in texts or code[: code.index(".") + 1] in texts


def texts(sources: Iterable[Source]) -> set[str]:
    """Every text in the source, so that a code kept in a table or passed on counts as used."""
    return {
        node.value
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def placeholders(sentence: str) -> set[str]:
    """What stands in braces, as it stands there."""
    found = set()
    for _, name, form, conversion in Formatter().parse(sentence):
        if name is not None:
            found.add(name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else ""))
    return found


def faults(sources: Iterable[Source], sentences: dict[str, str]) -> list[str]:
    """Codes without sentence, sentences without code, placeholders that nobody fills."""
    sources = list(sources)
    found = []
    for place in (place for source in sources for place in raised(source)):
        if place.code not in sentences:
            found.append(f"{place.where}: no sentence for {place.code}")
        elif place.details is not None and (missing := placeholders(sentences[place.code]) - place.details):
            found.append(f"{place.where}: {place.code} needs {sorted(missing)}")
    said = texts(sources)
    found += [f"nobody says {code}" for code in sorted(sentences) if not is_said(code, said)]
    return found + [
        f"{code}: {{{name}}} is no plain name"
        for code, sentence in sentences.items()
        for name in placeholders(sentence)
        if not name.isidentifier()
    ]


def all_sentences() -> dict[str, str]:
    """The sentences of every subject; a code with two of them is a fault."""
    together: dict[str, str] = {}
    for info in pkgutil.iter_modules(gui.messages.__path__):
        module = importlib.import_module(f"gui.messages.{info.name}")
        if hasattr(module, "sentences"):
            own: dict[str, str] = module.sentences()
            assert not own.keys() & together.keys(), info.name
            together |= own
    return together


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    speaking = [source for source in product() if not source.path.startswith("gui/messages/")]
    assert faults(speaking, all_sentences()) == []


def test_every_way_to_disagree_is_found() -> None:
    text = (
        "raise Refused('a.missing')\n"
        "raise errors.Confirm('a.one' if x else 'a.other', count=1)\n"
        "raise Forbidden('a.short', field='nik')\n"
        "raise Unavailable('a.open', **details)\n"
        "raise Refused(code)\n"
        "CODES = ('a.table', f'b.{kind}')"
    )
    sentences = {
        "a.one": "{count}",
        "a.other": "{count} {days}",
        "a.short": "{have}",
        "a.open": "{anything}",
        "a.table": "",
        "a.orphan": "",
        "b.kind": "",
    }
    assert sorted(faults([parse("models/a.py", text)], sentences)) == [
        "models/a.py:1: no sentence for a.missing",
        "models/a.py:2: a.other needs ['days']",
        "models/a.py:3: a.short needs ['have']",
        "nobody says a.orphan",
    ]
    assert faults([parse("models/a.py", "Refused('a.b')")], {"a.b": "{n.real}"})[1:] == ["a.b: {n.real} is no plain name"]
