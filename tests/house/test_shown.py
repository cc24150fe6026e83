"""What is secret or personal is not in the text that a debugger, a log or a test would show of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from models.certificates.payload import CertificateFacts
from models.doses.queries import QueueRow
from models.doses.visits import Visit
from models.records.keys import Keys
from models.staff.actions import AccountDraft
from tests.reports.papers import SITI

NAME = "Siti Nur Hidayati Rahmawati"
DAY = date(2021, 12, 20)
VISIT = Visit(UUID(int=1), UUID(int=2), UUID(int=3), DAY, 1, 1, "registered", None, None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "hidden"),
    [
        (Keys(UUID(int=1), b"secret key", "postgresql://desk:geheim@server/records"), ("secret key", "geheim")),
        (AccountDraft("admin", "Yusuf", ["administrator"], "kata sandi"), ("kata sandi",)),
        (QueueRow(VISIT, NAME, DAY, "day", "female", 0), ("Siti",)),
        (CertificateFacts(NAME, "1987", "coronavac", "CoronaVac", "Sinovac", 1, 2, DAY, "Puskesmas", "P1"), ("Siti",)),
        (SITI, ("Siti", SITI.certificate)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_key_password_or_name_stands_in_what_is_shown(value: object, hidden: tuple[str, ...]) -> None:
    assert not [word for word in hidden if word in repr(value)]
