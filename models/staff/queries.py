"""Who may sign in, and what they may do now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, func, select

from models.staff.rights import rights_of
from models.staff.tables import account, accounts


@dataclass(frozen=True)
class AccountRow:
    """An account without its password."""

    id: UUID
    facility: UUID
    login: str
    name: str
    roles: tuple[str, ...]
    ends_at: datetime | None
    version: int

    def active(self, now: datetime) -> bool:
        """Whether the assignment still runs at `now`."""
        return self.ends_at is None or now < self.ends_at


@dataclass(frozen=True)
class SignedIn:
    """Somebody at the desk. Rights are read anew for each action, so an account that was ended elsewhere ends here too."""

    account: UUID
    facility: UUID
    login: str
    name: str
    roles: tuple[str, ...]

    def may(self, records: Connection, right: str, now: datetime) -> bool:
        """Whether the account, as it stands in the records at `now`, has `right`."""
        row = records.execute(_ROLES, {"of_account": self.account}).one_or_none()
        return row is not None and (row.ends_at is None or now < row.ends_at) and right in rights_of(row.roles)

    @property
    def rights(self) -> frozenset[str]:
        """What the pages show; what counts is asked again by every action."""
        return rights_of(self.roles)


@dataclass(frozen=True)
class Installer:
    """Whoever sets the program up: may do everything as long as there is no account at all."""

    account: UUID
    facility: UUID

    def may(self, records: Connection, _right: str, _now: datetime) -> bool:
        """True before the first account exists."""
        return records.execute(select(account.c.account_id).limit(1)).first() is None


_ROLES = select(account.c.roles, account.c.ends_at).where(account.c.account_id == bindparam("of_account"))
_ACCOUNT = (
    account.c.account_id, account.c.facility_id, account.c.login, account.c.name, account.c.roles, account.c.ends_at,
    account.c.version,
)  # fmt: skip


def accounts_of(records: Connection, facility: UUID | None = None) -> list[AccountRow]:
    """All accounts, by login."""
    statement = select(*_ACCOUNT).order_by(account.c.login)
    if facility is not None:
        statement = statement.where(account.c.facility_id == facility)
    return [_row(values) for values in records.execute(statement)]


def account_for_sign_in(records: Connection, login: str) -> tuple[AccountRow, str] | None:
    """The account with this login (any case) and its password hash."""
    statement = select(*_ACCOUNT, account.c.password_hash).where(func.lower(account.c.login) == login.strip().lower())
    found = records.execute(statement).first()
    return (_row(found[:-1]), found[-1]) if found else None


def password_hash_of(records: Connection, account_id: UUID) -> str | None:
    """The stored hash, to keep it when an account changes without a new password."""
    return records.execute(select(account.c.password_hash).where(account.c.account_id == account_id)).scalar_one_or_none()


def derived_rows(records: Connection) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """The present accounts as rebuilt from the facts."""
    yield account, accounts.derived(records)


def _row(values: Any) -> AccountRow:
    id_, facility, login, name, roles, ends_at, version = values
    return AccountRow(id_, facility, login, name, tuple(roles), ends_at, version)
