"""A puskesmas in which something was done of everything that is kept."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from models.doses.dose_actions import void_dose
from models.doses.joining_actions import join_people
from models.overview.aid.actions import set_aid_limits
from models.overview.planning.consumable_actions import set_consumable
from models.overview.planning.distribution_actions import PostPlan, set_post_plans
from models.places.actions import set_service_day
from models.staff.actions import AccountDraft, set_account
from models.stock.actions import set_batch_status
from models.stock.cold.actions import EquipmentDraft, record_tag_days, record_temperature, set_equipment, set_limits
from models.stock.cold.event_actions import ExcursionDraft, save_excursion
from models.stock.cold.fridge_tag import TagDay
from models.stock.cold.rules import Limits
from models.stock.counts.actions import count_batch, start_count
from models.stock.deliveries.box_actions import set_late_after
from models.stock.deliveries.delivery_actions import receive_delivery
from models.stock.deliveries.receipts import DeliveryLine
from models.stock.discards.actions import return_vials
from models.stock.discards.destruction_actions import destroy
from models.stock.discards.discard import Returned, Witness
from models.stock.opened.actions import close_vial, lose
from models.stock.planning.consumables import DOSE
from models.stock.thaw_actions import set_thawed
from models.vaccines.actions import set_product
from tests.models.doses.scene import ONE_PERSON, Clinic, catalogue

HEAD: Final = Witness("dr. Ratna Wulandari", "Kepala Puskesmas")


def busy(clinic: Clinic) -> Clinic:
    """Something in every derived table."""
    clinic.do(set_account, draft=AccountDraft(login="meja", name="Siti", roles=["registration"], password="melati-pagi-27"))
    clinic.do(set_service_day, post_id=clinic.post, day=clinic.today, roster=["Bd. Dewi"], target=40)
    clinic.do(set_product, shipped=catalogue(), product="moderna", in_use=False, overrides={}, source="", reason="tidak dipakai")
    batch = clinic.batch()
    clinic.do(
        set_batch_status, batch=batch, vvm="B", held=False, frozen=False, extended_to=date(2023, 3, 1), letter="S-1",
        reason="surat",
    )  # fmt: skip
    clinic.do(
        set_thawed, catalogue=catalogue(), batch=clinic.batch("pfizer", doses_per_vial=6), thawed_on=clinic.today,
        today=clinic.today, reason="dicairkan",
    )  # fmt: skip
    line = DeliveryLine("coronavac", "2021080099", date(2022, 8, 31), 5, 10, 500, code="08991234567891")
    paper: dict[str, Any] = {"document": "443/1", "supplier": "Dinkes", "temperature_tenths": 45}
    clinic.do(receive_delivery, catalogue=catalogue(), today=clinic.today, post=clinic.warehouse, lines=[line], **paper)
    clinic.do(set_late_after, hours=12)
    clinic.do(set_aid_limits, rows=4_000, lists=2)
    at_the_fridge(clinic)
    on_the_shelves(clinic, batch)
    vial = clinic.open(batch)
    clinic.vaccinated(clinic.person(), vial)
    wrong = clinic.vaccinated(clinic.person(), vial)
    clinic.do(void_dose, dose_id=wrong, injected=False, reason="salah tekan")
    clinic.do(lose, vial=vial, kind="spilled", volume_ul=200)
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    clinic.do(
        destroy, discards=[], rests=[(clinic.post, batch)], rests_until=clinic.now, number="BA/1", day=clinic.today,
        place="Halaman", method="Insinerator", head=HEAD, witnesses=[HEAD, HEAD],
    )  # fmt: skip
    clinic.do(join_people, main=clinic.person(), other=clinic.person(), reason="orang yang sama", confirmed=ONE_PERSON)
    clinic.clean()
    return clinic


def at_the_fridge(clinic: Clinic) -> None:
    """Read, too warm, and its Fridge-tag read off its display."""
    clinic.do(set_limits, limits=Limits(morning_by=500))
    fridge = clinic.do(set_equipment, draft=EquipmentDraft(clinic.warehouse, "Kulkas 1", "fridge", 20, 80))
    clinic.do(record_temperature, equipment_id=fridge, day=clinic.today, session="extra", tenths=94)
    clinic.do(record_tag_days, equipment_id=fridge, days=[TagDay(clinic.today, 30, 94, 0, "", 90, "")])
    story = ExcursionDraft(fridge, clinic.now, None, None, 94, "pintu ditutup", [], "open")
    clinic.do(save_excursion, draft=story)


def on_the_shelves(clinic: Clinic, batch: UUID) -> None:
    """A box came back with a broken vial, the shelf is being counted, and the post and an item have figures of their own."""
    clinic.do(
        return_vials, source=clinic.post, target=clinic.warehouse, lines=[Returned(batch, 2, broken=1)], held=True, note="jatuh"
    )
    count = clinic.do(start_count, post=clinic.warehouse)
    clinic.do(count_batch, count=count, batch=batch, vials=4)
    clinic.do(set_post_plans, plans=[PostPlan(clinic.post, 900, 120, 60, "1111100", 0)])
    clinic.do(set_consumable, code="kasa", name="Kasa steril", unit="lembar", counts=DOSE, per=1)
