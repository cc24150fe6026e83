"""An injection is recorded, with the vial it came from; or one given elsewhere; or a wrong entry is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from models.doses.actions import Outcome, ScreeningForm, arrive, has_open_visit, move, screen, zone_of
from models.doses.counting_actions import record_of_dose, record_of_visit, recount
from models.doses.day_queries import waiting_visit
from models.doses.due_queries import injected
from models.doses.injections import ERRORS, LIMBS, Accepted, accept
from models.doses.joining_queries import without_papers
from models.doses.queries import (
    DoseRow,
    Patient,
    dose_row,
    is_rewritten,
    observe_minutes,
    patient,
    valid_history,
    vial_source,
    visit_for_update,
)
from models.doses.tables import dose, dose_void, valid_dose, voided_dose
from models.doses.timing import judge_next
from models.errors import Refused
from models.people.groups import target_group
from models.places.queries import post
from models.places.zones import day_bounds, local_day
from models.records.base import new_id
from models.records.perform import OpenEntry, action
from models.stock.opened.actions import draw, put_back
from models.vaccines.catalogue import Catalogue
from models.vaccines.schedule import GivenDose, Judgement

DOSES: Final = frozenset({"doses", "visits", "stock"})
_INSERT_VALID: Final = insert(valid_dose)
_INSERT_VOIDED: Final = insert(voided_dose)
_GIVEN_AT: Final = select(dose.c.facility_id).where(dose.c.id == bindparam("of_dose"), dose.c.vial_id.is_not(None))


@action(needs="doses.give", changes=DOSES)
def give_dose(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    visit: UUID,
    vial: UUID,
    limb: str,
    vaccinator: str,
    station: str | None = None,
    at: datetime | None = None,
    number: int | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Record an injection that was seen: the dose, its content drawn from `vial`, and the visit on to observation.

    Number, series and volume follow from the rules and the person's valid doses; `number` only where the planner wants
    another than the next; `station` is where the vaccinator sits, so that the vial of another one is asked about. What is
    out of the ordinary is asked (`Confirm`) and needs a reason. Refused by a rule but already injected: confirm
    "doses.already_injected", and it is kept as a procedural error that does not count. Refused: a vial of another post.
    """
    moment = at or entry.now
    found = visit_for_update(entry.records, visit, entry.facility)
    day = local_day(moment, zone_of(entry))
    if found.step != "screened" or found.repeat_from is not None:
        raise Refused("doses.not_screened", step=found.step)
    _check_words(limb, vaccinator)
    person = patient(entry.records, found.recipient, lock=True)
    source = vial_source(entry.records, vial, found.post)
    judged = _judge(entry, catalogue, person, source.product, day, number)
    if judged.refusals:
        accept(judged, confirmed, reason)
    drawn = draw(
        entry, vial=vial, volume_ul=judged.volume_ul, at=moment, station=station, confirmed=confirmed, reason=reason
    )
    accepted = accept(judged, confirmed, reason, [*drawn.asked, *(each for each in source.asked if each in ERRORS)])
    made = _write(
        entry, person, judged, accepted, moment, day,
        recipient_id=record_of_visit(entry.records, found.id) if person.joined else person.id,
        product=source.product, visit_id=found.id, post_id=found.post, batch_id=source.batch, vial_id=vial, limb=limb,
        vaccinator=vaccinator.strip()[:100], reason=reason.strip()[:300],
    )  # fmt: skip
    until = moment + timedelta(minutes=observe_minutes(entry.records, visit))
    move(entry, found, "injected", moment, day, Outcome(observe_until=until))
    return made


@action(needs="doses.give", changes=DOSES)
def serve(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    recipient: UUID,
    post_id: UUID,
    form: ScreeningForm,
    dose_number: int,
    vial: UUID,
    limb: str,
    vaccinator: str,
    station: str | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> dict[str, Any]:
    """A lone desk does arrival, card and injection in one transaction: all of it is saved, or nothing.

    Ends at the card when that says anything but "proceed". Answers {"visit", "verdict", "dose"}.
    """
    visit = arrive(entry, recipient=recipient, post_id=post_id)
    verdict = screen(entry, visit=visit, form=form, dose_number=dose_number, confirmed=confirmed, reason=reason)["verdict"]
    made = None
    if verdict == "proceed":
        made = give_dose(
            entry, catalogue=catalogue, visit=visit, vial=vial, limb=limb, vaccinator=vaccinator, station=station,
            confirmed=confirmed, reason=reason,
        )  # fmt: skip
    return {"visit": visit, "verdict": verdict, "dose": made}


@action(needs="doses.give", changes=DOSES)
def record_elsewhere(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    recipient: UUID,
    product: str,
    day: date,
    elsewhere: str,
    proof: str,
    number: int | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Record a dose given somewhere else, as the shown paper says. It draws from no vial and gets no certificate here."""
    if not elsewhere.strip():
        raise Refused("doses.where_missing", field="elsewhere")
    if not proof.strip():
        raise Refused("doses.proof_missing", field="proof")
    zone = zone_of(entry)
    if day > local_day(entry.now, zone):
        raise Refused("records.in_the_future", field="day")
    person = patient(entry.records, recipient, lock=True)
    judged = _judge(entry, catalogue.with_used(product), person, product, day, number)
    accepted = accept(judged, confirmed, reason)
    return _write(
        entry, person, judged, accepted, day_bounds(day, zone)[0], day,
        product=product, elsewhere=elsewhere.strip()[:120], proof=proof.strip()[:120], vaccinator="", reason=reason.strip()[:300],
    )  # fmt: skip


@action(needs="doses.void", changes=DOSES)
def void_dose(entry: OpenEntry, *, dose_id: UUID, injected: bool, reason: str) -> None:
    """Take a dose back, in one of two meanings.

    `injected` False, "salah ketik, tidak disuntikkan": the content goes back into the vial and the visit waits for its
    injection again. `injected` True, "sudah disuntikkan, salah catat": the content stays drawn; `rewrite_dose` then says how
    it really was. A dose with a later valid dose of the same series stands in its way: that one first.
    """
    if not reason.strip():
        raise Refused("doses.reason_missing", field="reason")
    person = patient(entry.records, dose_row(entry.records, dose_id).recipient, lock=True)
    _check_ours(entry, dose_id)
    wrong = dose_row(entry.records, dose_id)  # read again now that the person is locked against another desk
    if wrong.voided is not None:
        raise Refused("doses.already_void")
    later = [each for each in valid_history(entry.records, wrong.recipient) if each.series == wrong.series]
    if wrong.valid and any(each.number > wrong.number for each in later):
        raise Refused("doses.later_dose", number=max(each.number for each in later))
    entry.add(dose_void, dose_id=dose_id, injected=injected, reason=reason.strip()[:300])
    entry.records.execute(_INSERT_VOIDED, {"dose_id": dose_id, "injected": injected})
    recount(entry.records, [person.id])  # where there is a paper about the same event, it counts again
    if injected:
        return
    if wrong.vial is not None:
        put_back(entry, vial=wrong.vial, volume_ul=wrong.volume_ul)
    if wrong.visit is not None:
        _without_injection(entry, wrong.visit, reason)


@action(needs="doses.void", changes=DOSES)
def rewrite_dose(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    wrong: UUID,
    recipient: UUID,
    limb: str,
    vaccinator: str,
    number: int | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str,
) -> UUID:
    """Write an injection anew that was voided as "sudah disuntikkan, salah catat": another person, number, limb or name.

    It keeps the vial, the moment and the volume of the wrong entry and draws nothing, for it is the same injection. Once:
    one injection is one dose. Should the new entry be wrong as well, void that one and rewrite it. When it was another
    person, the first one was not injected: their visit waits again (on a later day it ended without). The other one's visit
    of that day at this post goes on to observation; where there is none, one is written that says so. A paper of that day
    and product is about this injection and does not stand in its way.
    """
    person = patient(entry.records, recipient, lock=True)
    _check_ours(entry, wrong)
    old = dose_row(entry.records, wrong)  # whose it is may be another desk's join, which is over now
    if old.voided != "injected" or old.vial is None or is_rewritten(entry.records, wrong, old.vial):
        raise Refused("doses.not_to_rewrite")
    _check_words(limb, vaccinator)
    history = without_papers(entry.records, person.id, old.product, old.day)
    judged = _judge(entry, catalogue.with_used(old.product), person, old.product, old.day, number, history)
    # What was asked about the vial still holds; what was asked about the person was about somebody else.
    accepted = accept(judged, confirmed, reason, [each for each in old.asked if each.startswith("vial.")])
    visit, record = old.visit, record_of_dose(entry.records, wrong)
    if person.id != old.recipient:
        if visit is not None:
            _without_injection(entry, visit, reason)
        visit = _injected_after_all(entry, person.id, old)
        record = record_of_visit(entry.records, visit) if visit else person.id
    return _write(
        entry, person, judged, accepted, old.at, old.day, recipient_id=record,
        volume_ul=old.volume_ul, half=old.half, product=old.product, visit_id=visit, post_id=old.post, batch_id=old.batch,
        vial_id=old.vial, limb=limb, vaccinator=vaccinator.strip()[:100], reason=reason.strip()[:300], replaces=wrong,
    )  # fmt: skip


def _check_ours(entry: OpenEntry, dose_id: UUID) -> None:
    """Refused: an injection out of another puskesmas' vial. What was written down from a paper anybody may mend."""
    if entry.records.execute(_GIVEN_AT, {"of_dose": dose_id}).scalar_one_or_none() not in {None, entry.facility}:
        raise Refused("doses.unknown", field="dose")


def _without_injection(entry: OpenEntry, visit: UUID, reason: str) -> None:
    """The visit goes back, for its injection was none. On the day itself the person may still get it, unless they came
    again; later the visit ended without it."""
    found = visit_for_update(entry.records, visit, entry.facility)
    today = local_day(entry.now, zone_of(entry))
    if found.step in {"injected", "observed", "finished"}:
        gone = found.step == "finished" and has_open_visit(entry, found.recipient, found.day)
        step = "screened" if found.day == today and not gone else "left"
        move(entry, found, step, entry.now, today, Outcome(reason=reason.strip()[:300], way="not_injected"))


def _injected_after_all(entry: OpenEntry, person: UUID, old: DoseRow) -> UUID | None:
    """The visit that the person's injection belongs to, moved on to observation, so that the day's people add up. None when
    the person waits at another post or the post is no longer in use."""
    place = post(entry.records, old.post) if old.post else None
    if place is None:
        return None
    visit = waiting_visit(entry.records, person, place.id, old.day)
    if visit is None:
        if has_open_visit(entry, person, old.day) or not place.active:
            return None
        visit = arrive(entry, recipient=person, post_id=place.id, at=old.at)
    found = visit_for_update(entry.records, visit, entry.facility)
    minutes = observe_minutes(entry.records, visit)
    until = old.at + timedelta(minutes=minutes)
    move(entry, found, "injected", old.at, old.day, Outcome(observe_until=until, way="written_anew"))
    return visit


def _judge(
    entry: OpenEntry,
    catalogue: Catalogue,
    person: Patient,
    product: str,
    day: date,
    number: int | None,
    history: Sequence[GivenDose] | None = None,
) -> Judgement:
    """The schedule's judgement by the records."""
    who = injected(entry.records, person, day)
    return judge_next(catalogue, who if history is None else replace(who, history=history), product, on=day, number=number)


def _write(
    entry: OpenEntry,
    person: Patient,
    judged: Judgement,
    accepted: Accepted,
    moment: datetime,
    day: date,
    **values: Any,
) -> UUID:
    """Add the dose, and count it unless it is a procedural error."""
    made = new_id()
    row = {
        "recipient_id": person.id,
        "day": day,
        "series": judged.series,
        "number": judged.number,
        "volume_ul": judged.volume_ul,
        "half": judged.half,
        "target_group": target_group(person.birth, day, person.group),
        "age": person.birth.age_on(day),
        "sex": person.sex,
        "desa": person.desa,
        "procedural_error": accepted.error,
        "asked": list(accepted.asked),
    }
    entry.add(dose, id=made, happened_at=moment, **(row | values))
    if accepted.error:
        return made
    if values.get("replaces"):
        recount(entry.records, [person.id])
    else:
        counted = {"recipient_id": person.id, "series": judged.series, "number": judged.number, "dose_id": made}
        entry.records.execute(_INSERT_VALID, counted | {"product": values["product"], "day": day})
    return made


def _check_words(limb: str, vaccinator: str) -> None:
    if limb not in LIMBS:
        raise Refused("doses.limb_missing", field="limb")
    if not vaccinator.strip():
        raise Refused("doses.vaccinator_missing", field="vaccinator")
