"""What the dose rules say of somebody and the vaccine in hand, in words for the banner: the same at every desk."""

from __future__ import annotations

from dataclasses import dataclass

from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence_of
from gui.panels.folder import Folder
from gui.parts import Kind
from models.doses.timing import TOO_SOON, Injected, Timing, judge_next, timing
from models.vaccines.schedule import Judgement
from reports import formats


@dataclass(frozen=True)
class Plan:
    """A state for the banner."""

    kind: Kind
    title: str
    text: str

    @property
    def warns(self) -> bool:
        """Whether somebody has to be told before anything is injected."""
        return self.kind in {"ask", "stop"}


def injected_of(desk: Desk, folder: Folder) -> Injected:
    """What the schedule looks at, as `models.doses.due_queries` reads it."""
    person = folder.row.person
    wrong = [dose.product for dose in folder.doses if dose.day == desk.today and dose.procedural_error and dose.voided is None]
    return Injected(person.birth, person.group, folder.history, wrong)


def timing_of(desk: Desk, folder: Folder) -> Timing:
    """Whether a dose is due today, whatever vaccine it may be."""
    return timing(desk.catalogue, injected_of(desk, folder), on=desk.today)


def schedule_of(desk: Desk, folder: Folder, product: str) -> Plan:
    """The verdict for a dose of `product` today; without one, or after today's dose, when the next dose is due."""
    due = timing_of(desk, folder)
    if due.state == "today":
        return _today(desk, due)
    if not product:
        return _whenever(desk, due)
    judged = planned(desk, folder, product)
    if judged is None:
        return _whenever(desk, due)
    zone = desk.facility.zone
    said = [sentence_of(each.code, each.details, zone) for each in (*judged.refusals, *judged.asks, *judged.notes)]
    words = tr("dosis {n} · {product}").format(n=judged.number, product=desk.product_name(product))
    if judged.half:
        words += tr(" · separuh")
    if judged.verdict == "refused":
        return Plan("stop", tr("Jadwal: tidak dapat {words}").format(words=words), " ".join(said))
    if judged.verdict == "ask":
        early = judged.earliest is not None and any(ask.code in TOO_SOON for ask in judged.asks)
        title = tr("Belum waktunya {words}: mulai {day}") if early else tr("Jadwal: perlu alasan untuk {words}")
        return Plan("ask", title.format(words=words, day=formats.day_short(judged.earliest)), " ".join(said))
    return Plan("good", tr("Jadwal: boleh {words}").format(words=words), " ".join([_since(folder, desk), *said]))


def _today(desk: Desk, due: Timing) -> Plan:
    """Whoever was injected today gets nothing more today."""
    words = tr("Sudah disuntik hari ini: dosis {n} · {product}") if due.given_number else tr("Sudah disuntik hari ini: {product}")
    text = tr("Jangan disuntik lagi.")
    if due.earliest is not None and due.earliest > desk.today:
        text += " " + tr("Dosis {n} mulai {day}.").format(n=due.number, day=formats.day_short(due.earliest))
    return Plan("stop", words.format(n=due.given_number, product=desk.product_name(due.given)), text)


def _whenever(desk: Desk, due: Timing) -> Plan:
    """Where no vaccine is at hand."""
    if due.earliest is None:
        return Plan("ask", tr("Jadwal: tidak ada dosis berikutnya menurut aturan hari ini"), "")
    day = formats.day_short(due.earliest)
    if due.state == "early":
        days = formats.number((due.earliest - desk.today).days)
        title = tr("Belum waktunya: dosis {n} mulai {day}").format(n=due.number, day=day)
        return Plan("ask", title, tr("{days} hari lagi menurut jadwal.").format(days=days))
    return Plan("calm", tr("Jadwal: dosis {n} mulai {day}").format(n=due.number, day=day), "")


def _since(folder: Folder, desk: Desk) -> str:
    if not folder.history:
        return tr("Diputuskan setelah skrining.")
    last = folder.history[-1]
    days = (desk.today - last.on).days
    return tr("{days} hari sejak dosis {n}. Diputuskan setelah skrining.").format(days=formats.number(days), n=last.number)


def planned(desk: Desk, folder: Folder, product: str) -> Judgement | None:
    """The next dose of this product by rule: its number and how much to draw; None without a product."""
    if not product:
        return None
    return judge_next(desk.catalogue, injected_of(desk, folder), product, on=desk.today)


def dose_words(desk: Desk, folder: Folder, product: str) -> str:
    """Dosis 2 · CoronaVac · penuh 0,5 ml"""
    judged = planned(desk, folder, product)
    if judged is None:
        return tr("Dosis: belum ada vial")
    much = formats.decimal(judged.volume_ul, 1000, 2).rstrip("0")
    words = tr("Dosis {n} · {product} · separuh {ml} ml") if judged.half else tr("Dosis {n} · {product} · penuh {ml} ml")
    return words.format(n=judged.number, product=desk.product_name(product), ml=much)


def before_injection(plan: Plan, vial: str) -> Plan:
    """The headline over an injection. `vial` says why the vial in hand must not be used, "" where it may: nobody reads that
    they should inject while the schedule or the vial says otherwise."""
    already = tr("Bila sudah terlanjur disuntikkan: K atau N, F9, lalu alasannya.")
    if plan.kind == "stop":
        return Plan("stop", tr("Jangan disuntik"), f"{plan.title}. {plan.text} {already}")
    if vial:
        title = tr("Ganti vial dahulu: {why}").format(why=vial)
        return Plan("stop", title, tr("F12 membuka vial lain, F5 mengambil yang sudah terbuka.") + " " + already)
    if plan.kind == "ask":
        return Plan("ask", tr("Periksa dahulu: jangan langsung disuntik"), tr("F8 menunda.") + " " + plan.title)
    return Plan("good", tr("Lanjut"), tr("Cocokkan nama dan batch, suntik, lalu K atau N, lalu F9."))
