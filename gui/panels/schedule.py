"""What the dose rules say of somebody and the vaccine in hand, in words for the banner."""

from __future__ import annotations

from dataclasses import dataclass

from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence_of
from gui.panels.folder import Folder
from gui.parts import Kind
from models.people.groups import target_group
from models.vaccines.schedule import Judgement, judge_dose, next_due
from reports import formats


@dataclass(frozen=True)
class Plan:
    """A state for the banner."""

    kind: Kind
    title: str
    text: str


def schedule_of(desk: Desk, folder: Folder, product: str) -> Plan:
    """The verdict for a dose of `product` today; without one, or after today's dose, when the next dose is due."""
    birth, today = folder.row.person.birth, desk.today
    ages = (birth.age_on(today), birth.oldest_on(today))
    group = target_group(birth, today, folder.row.person.group) or ""
    if not product or (folder.history and folder.history[-1].on == today):
        due = next_due(desk.catalogue, folder.history, on=today, age=ages, group=group)
        if due is None:
            return Plan("calm", tr("Jadwal: tidak ada dosis berikutnya menurut aturan hari ini"), "")
        day = formats.day_short(due.earliest)
        return Plan("calm", tr("Jadwal: dosis {n} mulai {day}").format(n=due.number, day=day), "")
    judged = judge_dose(desk.catalogue, folder.history, product, on=today, age=ages, group=group)
    name = desk.product_name(product)
    zone = desk.facility.zone
    said = [sentence_of(each.code, each.details, zone) for each in (*judged.refusals, *judged.asks, *judged.notes)]
    words = tr("dosis {n} · {product}").format(n=judged.number, product=name)
    if judged.half:
        words += tr(" · separuh")
    if judged.verdict == "refused":
        return Plan("stop", tr("Jadwal: tidak dapat {words}").format(words=words), " ".join(said))
    if judged.verdict == "ask":
        return Plan("ask", tr("Jadwal: perlu alasan untuk {words}").format(words=words), " ".join(said))
    return Plan("good", tr("Jadwal: boleh {words}").format(words=words), " ".join([_since(folder, desk), *said]))


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
    birth, today = folder.row.person.birth, desk.today
    ages = (birth.age_on(today), birth.oldest_on(today))
    group = target_group(birth, today, folder.row.person.group) or ""
    return judge_dose(desk.catalogue, folder.history, product, on=today, age=ages, group=group)


def dose_words(desk: Desk, folder: Folder, product: str) -> str:
    """Dosis 2 · CoronaVac · penuh 0,5 ml"""
    judged = planned(desk, folder, product)
    if judged is None:
        return tr("Dosis: belum ada vial")
    much = formats.decimal(judged.volume_ul, 1000, 2).rstrip("0")
    words = tr("Dosis {n} · {product} · separuh {ml} ml") if judged.half else tr("Dosis {n} · {product} · penuh {ml} ml")
    return words.format(n=judged.number, product=desk.product_name(product), ml=much)
