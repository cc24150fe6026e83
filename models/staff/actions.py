"""Accounts are made, changed and ended; people sign in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from models.errors import Forbidden, Refused
from models.places.actions import FacilityDraft, set_up_facility
from models.places.posts import tidy_line
from models.records.base import new_id
from models.records.database import Database
from models.records.perform import OpenEntry, action, perform
from models.staff.passwords import check_password, hash_password, password_fits
from models.staff.queries import SignedIn, account_for_sign_in, password_hash_of
from models.staff.rights import Role
from models.staff.tables import account, accounts

_LOGIN: Final = re.compile(r"[a-z][a-z0-9._-]{1,39}")


@dataclass(frozen=True)
class AccountDraft:
    """An account as typed. `password` is None to keep the present one; `ends_at` ends the assignment."""

    login: str
    name: str
    roles: Sequence[str]
    password: str | None = field(repr=False)
    ends_at: datetime | None = None


@action(needs="staff.set", changes={"staff"})
def set_account(
    entry: OpenEntry, *, draft: AccountDraft, account_id: UUID | None = None, reason: str = "", expected: int | None = None
) -> UUID:
    """Make an account or change one of this facility; `expected` is the version that was looked at. Logins differ within a
    facility; at least one role; the last administrator stays."""
    login = draft.login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise Refused("staff.login_letters", field="login")
    name = " ".join(draft.name.split())
    if not name:
        raise Refused("staff.name_missing", field="name")
    name = tidy_line(name, "name")
    roles = sorted(set(draft.roles))
    if not roles or any(role not in set(Role) for role in roles):
        raise Refused("staff.role_missing", field="roles")
    others = select(account.c.account_id, account.c.roles, account.c.ends_at).where(account.c.facility_id == entry.facility)
    if account_id is not None and entry.records.execute(others.where(account.c.account_id == account_id)).first() is None:
        raise Forbidden("staff.no_right", right="staff.set")  # another facility on the same server has its own staff
    same = others.where(func.lower(account.c.login) == login)
    if any(row.account_id != account_id for row in entry.records.execute(same)):
        raise Refused("staff.login_taken", field="login")
    if draft.password is not None:
        check_password(draft.password, login)
        password = hash_password(draft.password)
    else:
        kept = password_hash_of(entry.records, account_id) if account_id else None
        if kept is None:
            raise Refused("staff.password_short", field="password", count=0, least=8)
        password = kept
    if account_id is not None and (Role.ADMINISTRATOR not in roles or draft.ends_at is not None):
        # Locked, or two administrators could take the role from each other at one moment.
        locked = entry.records.execute(others.order_by(account.c.account_id).with_for_update())
        rest = [row for row in locked if row.account_id != account_id and row.ends_at is None]
        if not any(Role.ADMINISTRATOR in row.roles for row in rest):
            raise Refused("staff.last_administrator", field="roles")
    return accounts.set(
        entry,
        account_id=account_id,
        login=login,
        name=name,
        roles=roles,
        password_hash=password,
        ends_at=draft.ends_at,
        reason=reason.strip()[:300],
        expected=expected,
    )


@action(needs="facility.set", changes={"facility", "posts", "staff"})
def establish(entry: OpenEntry, *, facility: FacilityDraft, administrator: AccountDraft) -> UUID:
    """The first entry of an installation: the puskesmas with its warehouse and centre, and the first administrator."""
    set_up_facility(entry, draft=facility)
    return set_account(entry, draft=administrator, account_id=None)


@action(needs="staff.sign_in", changes=())
def note_sign_in(entry: OpenEntry) -> None:
    """An entry without facts: who signed in when is part of the record."""


def sign_in(database: Database, login: str, password: str, now: datetime) -> SignedIn:
    """Check login and password and note the sign-in. One refusal for a wrong login and a wrong password."""
    with database.reading() as records:
        found = account_for_sign_in(records, login)
    fits = password_fits(found[1] if found else None, password)
    if found is None or not fits:
        raise Refused("staff.sign_in_failed", field="password")
    row = found[0]
    if not row.active(now):
        raise Refused("staff.account_ended", field="login")
    actor = SignedIn(row.id, row.facility, row.login, row.name, row.roles)
    perform(database, actor, note_sign_in, now, new_id())
    return actor
