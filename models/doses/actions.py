"""A visit goes its way: arrive, screen, inject, observe, finish; or it is put off, withheld, ended or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, select, update

from models.doses.day_queries import propose_return
from models.doses.due_queries import ask_whether_due, ask_whether_due_by
from models.doses.queries import patient, visit_for_update
from models.doses.screening import Measures, Screened, check_screener, judge_screening, question_set, questions_for, screening_age
from models.doses.tables import OPEN_STEPS, queue_counter, screening, visit_state, visit_step
from models.doses.visits import STATUS_REASONS, Visit, check_step
from models.errors import Confirm, Refused
from models.places.queries import post
from models.places.tables import facility
from models.places.zones import local_day
from models.records.base import new_id, upsert
from models.records.perform import OpenEntry, action
from models.vaccines.catalogue import Catalogue

VISITS: Final = frozenset({"visits"})


@dataclass(frozen=True, kw_only=True)
class ScreeningForm:
    """A card as filled in: what was asked and measured, and by whom. Nothing in it is ever a default.

    `verdict` overrules the rule: "proceed", "postpone" or "not_given", by a doctor and with a reason. `until` is the day to
    come back that the desk agreed on, None to leave it to the rules.
    """

    screener: str
    answers: Mapping[str, bool]
    measures: Measures
    survivor: str | None
    recovered: date | None = None
    verdict: str | None = None
    because: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Outcome:
    """What a step writes beside its name; `way` is how it is reached, see `check_step`."""

    reason: str = ""
    until: date | None = None
    observe_until: datetime | None = None
    way: str = "on"


@action(needs="visits.enter", changes=VISITS)
def arrive(
    entry: OpenEntry,
    *,
    recipient: UUID,
    post_id: UUID,
    at: datetime | None = None,
    catalogue: Catalogue | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Put somebody into the queue of a post and return the visit. One open visit a day, wherever: the other one is named. People
    are everybody's who keeps records here, posts are not. With the `catalogue` it is asked about somebody for whom there is no
    dose today by the schedule; that may be answered without a reason, for nothing has been injected yet."""
    moment = at or entry.now
    found = patient(entry.records, recipient, lock=True)
    person = found.id
    place = post(entry.records, post_id)
    if place is None or place.facility != entry.facility or not place.active or place.kind == "warehouse":
        raise Refused("visits.no_post", field="post_id")
    day = local_day(moment, zone_of(entry))
    _check_no_other(entry, person, day)
    if catalogue is not None:
        ask_whether_due(entry.records, catalogue, found, day, confirmed)
    visit = new_id()
    queue_no = _next_number(entry, post_id, day)
    values: dict[str, Any] = {"visit_id": visit, "recipient_id": person, "post_id": post_id, "day": day, "queue_no": queue_no}
    values["position"] = 1
    entry.add(visit_step, happened_at=moment, step="registered", reason=reason.strip()[:300], **values)
    upsert(
        entry.records,
        visit_state,
        ("visit_id",),
        values
        | {"facility_id": entry.facility, "step": "registered", "since": moment, "repeat_from": None, "observe_until": None},
    )
    return visit


@action(needs="visits.screen", changes=VISITS)
def screen(
    entry: OpenEntry,
    *,
    visit: UUID,
    form: ScreeningForm,
    dose_number: int,
    at: datetime | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> dict[str, Any]:
    """Record a card and take the visit where its verdict leads. An incomplete card is refused and says what is missing.

    A pressure above the limit keeps the visit waiting until it may be measured again (5 to 10 minutes later, KMK 6424/2021); a
    second value that comes sooner is asked about and needs a reason. Where a rule names a day, the visit is put off to the
    first day of service from then on, unless `form.until` chooses another one that is not before the rule's. Only what was
    asked is kept of the answers. Answers {"verdict", "reasons", "until", "observe_minutes"}.
    """
    moment = at or entry.now
    found = visit_for_update(entry.records, visit, entry.facility)
    day = local_day(moment, zone_of(entry))
    check_step(found, "screened", day)
    person = patient(entry.records, found.recipient)
    age = screening_age(person.birth, day)
    card = question_set(age, day)
    judged = judge_screening(
        card,
        form.answers,
        form.measures,
        age=age,
        dose_number=dose_number,
        sex=person.sex,
        on=day,
        survivor=form.survivor,
        recovered=form.recovered,
    )
    if judged.verdict == "incomplete":
        raise Refused("visits.screening_incomplete", missing=judged.reasons)
    check_screener(form.screener)
    # While a visit waits for its second pressure, a lower first one typed over the high one is a second one come early.
    if form.measures.repeated is not None or (found.repeat_from is not None and judged.verdict == "proceed"):
        _check_repeat(found, moment, confirmed, reason)
    verdict = _verdict(entry, judged, form)
    until = _until(entry, found, judged, form, day) if verdict == "postpone" else None
    asked = questions_for(card, age=age, dose_number=dose_number, sex=person.sex, answers=form.answers)
    answers = {each.code: form.answers[each.code] for each in asked if each.code in form.answers}
    _write_screening(entry, found, moment, form, answers, judged, verdict, card.code, reason)
    if verdict == "proceed":
        move(entry, found, "screened", moment, day, Outcome())
    elif verdict == "repeat_pressure":
        entry.records.execute(_WAIT, {"of_visit": visit, "from_": moment + timedelta(minutes=judged.repeat_after)})
    else:
        step = {"postpone": "postponed", "not_given": "not_given"}[verdict]
        codes = ",".join(each.code for each in judged.reasons)
        move(entry, found, step, moment, day, Outcome(reason=(form.because.strip() or codes)[:300], until=until))
    return {
        "verdict": verdict,
        "reasons": [each.code for each in judged.reasons],
        "until": until.isoformat() if until else None,
        "observe_minutes": judged.observe_minutes,
    }


@action(needs="visits.enter", changes=VISITS)
def postpone(
    entry: OpenEntry,
    *,
    visit: UUID,
    reason: str,
    until: date | None = None,
    at: datetime | None = None,
    catalogue: Catalogue | None = None,
    confirmed: frozenset[str] = frozenset(),
) -> None:
    """Tunda (IS000001) for a reason other than the card's, such as stock or the person's own wish. With the `catalogue` it is
    asked about a day to come back on which no dose is due yet."""
    if until is not None and catalogue is not None:
        found = visit_for_update(entry.records, visit, entry.facility)
        ask_whether_due_by(entry.records, catalogue, patient(entry.records, found.recipient), found.day, until, confirmed)
    _end(entry, visit, "postponed", reason, at, until)


@action(needs="visits.screen", changes=VISITS)
def withhold(entry: OpenEntry, *, visit: UUID, reason: str, at: datetime | None = None) -> None:
    """Tidak diberikan (IS000002)."""
    _end(entry, visit, "not_given", reason, at)


@action(needs="visits.enter", changes=VISITS)
def leave(entry: OpenEntry, *, visit: UUID, reason: str = "", at: datetime | None = None) -> None:
    """The person went away before the injection."""
    _end(entry, visit, "left", reason or "-", at)


@action(needs="visits.enter", changes=VISITS)
def take_back(entry: OpenEntry, *, visit: UUID, reason: str = "") -> None:
    """Undo `arrive`: the visit was a mistake and counts nowhere. Not possible once something was injected."""
    _end(entry, visit, "cancelled", reason or "-", None)


@action(needs="visits.enter", changes=VISITS)
def observe(entry: OpenEntry, *, visit: UUID, at: datetime | None = None) -> None:
    """The person sits in the observation area."""
    found = visit_for_update(entry.records, visit, entry.facility)
    moment = at or entry.now
    move(entry, found, "observed", moment, local_day(moment, zone_of(entry)), Outcome(observe_until=found.observe_until))


@action(needs="visits.enter", changes=VISITS)
def finish(
    entry: OpenEntry,
    *,
    visit: UUID,
    complaint: str = "",
    at: datetime | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> None:
    """Let the person go; `complaint` is empty for "tanpa keluhan". Before the end of the observation it is asked about, and
    the `reason` for letting go early is kept behind the complaint.
    """
    found = visit_for_update(entry.records, visit, entry.facility)
    moment = at or entry.now
    if found.observe_until is not None and moment < found.observe_until and "visits.observing" not in confirmed:
        left = -(-(found.observe_until - moment) // timedelta(minutes=1))
        raise Confirm("visits.observing", minutes=left)
    if "visits.observing" in confirmed and not reason.strip():
        raise Refused("visits.reason_missing", field="reason")
    said = " · ".join(part.strip() for part in (complaint, reason) if part.strip())
    move(entry, found, "finished", moment, local_day(moment, zone_of(entry)), Outcome(reason=said[:300]))


def move(entry: OpenEntry, visit: Visit, step: str, moment: datetime, day: date, outcome: Outcome) -> None:
    """Write one step of a visit and where it stands now. Refused when that step cannot follow."""
    check_step(visit, step, day, way=outcome.way)
    if step in OPEN_STEPS and visit.step not in OPEN_STEPS:
        _check_no_other(entry, visit.recipient, visit.day)
    entry.add(
        visit_step,
        happened_at=moment,
        visit_id=visit.id,
        position=visit.position + 1,
        recipient_id=visit.recipient,
        post_id=visit.post,
        day=visit.day,
        step=step,
        status_reason=STATUS_REASONS.get(step),
        reason=outcome.reason,
        until=outcome.until,
        observe_until=outcome.observe_until,
    )
    entry.records.execute(
        _MOVE, {"of_visit": visit.id, "to_step": step, "at": moment, "until_": outcome.observe_until}
    )


def has_open_visit(entry: OpenEntry, recipient: UUID, day: date) -> bool:
    """Whether a visit of that person and day is still going on."""
    return entry.records.execute(_OPEN_VISIT, {"of_recipient": recipient, "of_day": day}).first() is not None


def zone_of(entry: OpenEntry) -> str:
    """The time zone of the facility whose records are written; Refused before set-up, so that no person comes first."""
    zone: str | None = entry.records.execute(_ZONE, {"of_facility": entry.facility}).scalar_one_or_none()
    if zone is None:
        raise Refused("visits.not_set_up")
    return zone


_ZONE: Final = select(facility.c.zone).where(facility.c.facility == bindparam("of_facility"))
_OPEN_VISIT: Final = select(visit_state.c.queue_no, visit_state.c.step).where(
    visit_state.c.recipient_id == bindparam("of_recipient"),
    visit_state.c.day == bindparam("of_day"),
    visit_state.c.step.in_(OPEN_STEPS),
)
_MOVE: Final = (
    update(visit_state)
    .where(visit_state.c.visit_id == bindparam("of_visit"))
    .values(
        position=visit_state.c.position + 1,
        step=bindparam("to_step"),
        since=bindparam("at"),
        repeat_from=None,
        observe_until=bindparam("until_"),
    )
)
_WAIT: Final = (
    update(visit_state).where(visit_state.c.visit_id == bindparam("of_visit")).values(repeat_from=bindparam("from_"))
)
_COUNT: Final = (
    update(queue_counter)
    .where(queue_counter.c.post_id == bindparam("of_post"), queue_counter.c.day == bindparam("of_day"))
    .values(last=queue_counter.c.last + 1)
    .returning(queue_counter.c.last)
)


def _check_no_other(entry: OpenEntry, recipient: UUID, day: date) -> None:
    found = entry.records.execute(_OPEN_VISIT, {"of_recipient": recipient, "of_day": day}).one_or_none()
    if found is not None:
        raise Refused("visits.already_open", queue_no=found.queue_no, step=found.step)


def _next_number(entry: OpenEntry, post_id: UUID, day: date) -> int:
    number = entry.records.execute(_COUNT, {"of_post": post_id, "of_day": day}).scalar_one_or_none()
    if number is None:
        # Two desks at the first person of the day: the key of the table lets one of them in, the other comes again.
        entry.records.execute(queue_counter.insert(), {"post_id": post_id, "day": day, "last": 1})
        return 1
    return int(number)


def _end(
    entry: OpenEntry, visit: UUID, step: str, reason: str, at: datetime | None, until: date | None = None
) -> None:
    if not reason.strip():
        raise Refused("visits.reason_missing", field="reason")
    moment = at or entry.now
    found = visit_for_update(entry.records, visit, entry.facility)
    day = local_day(moment, zone_of(entry))
    if until is not None and until <= day:
        raise Refused("visits.until_past", field="until")
    move(entry, found, step, moment, day, Outcome(reason=reason.strip()[:300], until=until))


def _until(entry: OpenEntry, visit: Visit, judged: Screened, form: ScreeningForm, day: date) -> date | None:
    """The day to come back: the desk's, which may not lie before that of the rules unless a doctor decides, or the proposed."""
    if form.until is None:
        if judged.until is None:
            return None
        return propose_return(entry.records, post=visit.post, facility=entry.facility, until=judged.until, today=day).day
    if form.until <= day:
        raise Refused("visits.until_past", field="until")
    if judged.until is not None and form.until < judged.until and form.verdict in {None, judged.verdict}:
        raise Refused("visits.until_early", field="until", until=judged.until)
    return form.until


def _check_repeat(visit: Visit, moment: datetime, confirmed: frozenset[str], reason: str) -> None:
    """A second pressure counts when the first was written down and five minutes have passed, or with a reason."""
    if visit.repeat_from is not None and moment >= visit.repeat_from:
        return
    if "visits.repeat_early" not in confirmed:
        left = 5 if visit.repeat_from is None else -(-(visit.repeat_from - moment) // timedelta(minutes=1))
        raise Confirm("visits.repeat_early", minutes=left)
    if not reason.strip():
        raise Refused("visits.reason_missing", field="reason")


def _verdict(entry: OpenEntry, judged: Screened, form: ScreeningForm) -> str:
    """The rule's verdict, or that of a doctor who overrules it with a reason."""
    if form.verdict in {None, judged.verdict}:
        return judged.verdict
    if form.verdict not in {"proceed", "postpone", "not_given"}:
        raise Refused("visits.verdict_unknown", field="verdict")
    if form.verdict == "proceed":
        entry.require("screening.overrule")
    if not form.because.strip():
        raise Refused("visits.reason_missing", field="because")
    return form.verdict


def _write_screening(
    entry: OpenEntry,
    visit: Visit,
    moment: datetime,
    form: ScreeningForm,
    answers: Mapping[str, bool],
    judged: Screened,
    verdict: str,
    code: str,
    reason: str,
) -> None:
    repeat_from = moment + timedelta(minutes=judged.repeat_after) if verdict == "repeat_pressure" else None
    repeated = form.measures.repeated or (None, None)
    asked = {"survivor": form.survivor, "recovered": form.recovered.isoformat() if form.recovered else None}
    entry.add(
        screening,
        happened_at=moment,
        visit_id=visit.id,
        recipient_id=visit.recipient,
        question_set=code,
        answers=dict(answers) | asked,
        temperature_tenths=form.measures.temperature_tenths,
        systolic=form.measures.systolic,
        diastolic=form.measures.diastolic,
        repeat_systolic=repeated[0],
        repeat_diastolic=repeated[1],
        screener=form.screener.strip()[:100],
        rule_verdict=judged.verdict,
        verdict=verdict,
        reasons=[each.code for each in judged.reasons],
        overruled_because=(form.because or reason).strip()[:300] or None,
        until=judged.until or form.until,
        observe_minutes=judged.observe_minutes,
        position=visit.position,
        repeat_from=repeat_from,
    )
