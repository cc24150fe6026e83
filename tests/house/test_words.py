"""What must not stand in some rooms: the present moment, boxes that block, sentences that cannot be translated."""

from __future__ import annotations

import ast

import pytest

from tests.house.source import Source, parse, product


def calls(source: Source) -> list[tuple[int, str, str]]:
    """Line, what a method is called on, and its name; for a plain function the former is empty."""
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found.append((node.lineno, ast.unparse(node.func.value), node.func.attr))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.append((node.lineno, "", node.func.id))
    return found


def asks_the_clock(source: Source) -> list[str]:
    """Models and reports are told what day it is: a rule that looks at the clock cannot be tested or replayed."""
    if source.room not in ("models", "reports"):
        return []
    return [
        f"{source.path}:{line}: {base}.{name}()"
        for line, base, name in calls(source)
        if name in ("today", "utcnow", "utcfromtimestamp", "localtime")
        or (name == "now" and base.split(".")[-1] in ("datetime", "date", "func"))
        or (name == "time" and base == "time")
    ]


def blocks(source: Source) -> list[str]:
    """gui never turns its own event loop inside a slot."""
    if source.room != "gui":
        return []
    boxes = "QMessageBox" in source.text
    return [
        f"{source.path}:{line}: {base}.{name}()"
        for line, base, name in calls(source)
        if name == "processEvents"
        or (boxes and name in ("exec", "exec_") and not base.lower().endswith(("application", "app")))
        or (base.endswith("QMessageBox") and name in ("about", "critical", "information", "question", "warning"))
    ]


def untranslatable(source: Source) -> list[str]:
    """`tr` takes one literal: nothing else can be collected for translators."""
    return [
        f"{source.path}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) == "tr"
        and not (
            len(node.args) == 1
            and not node.keywords
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        )
    ]


@pytest.mark.parametrize("rule", [asks_the_clock, blocks, untranslatable])
def test_no_such_word_in_the_house(rule: object) -> None:
    assert callable(rule)
    assert [fault for source in product() for fault in rule(source)] == []


@pytest.mark.parametrize(
    "text",
    ["date.today()", "datetime.now(UTC)", "datetime.datetime.utcnow()", "sa.func.now()", "time.time()", "d.today()"],
)
def test_a_rule_that_asks_the_clock_is_found(text: str) -> None:
    assert asks_the_clock(parse("models/doses/a.py", text))
    assert asks_the_clock(parse("reports/a.py", text))
    assert not asks_the_clock(parse("gui/a.py", text))


@pytest.mark.parametrize(
    "text",
    [
        "QApplication.processEvents()",
        "QMessageBox.warning(self, 'a', 'b')",
        "QtWidgets.QMessageBox(self).exec()",
        "box = QMessageBox(self)\nbox.exec()",
    ],
)
def test_a_box_that_blocks_is_found(text: str) -> None:
    assert blocks(parse("gui/a.py", text))


def test_the_loop_of_the_program_is_no_box() -> None:
    assert not blocks(parse("gui/start.py", "QMessageBox\nraise SystemExit(application.exec())"))


@pytest.mark.parametrize("text", ["tr(f'{a}')", "tr('a' + b)", "tr('{}'.format(a))", "tr(a)", "self.tr(a)", "tr('a', b)"])
def test_a_sentence_that_cannot_be_translated_is_found(text: str) -> None:
    assert untranslatable(parse("gui/a.py", text))


def test_a_literal_can_be_translated() -> None:
    assert not untranslatable(parse("gui/a.py", "tr('a' 'b').format(a=1)"))
