"""The injection: pressed by whoever saw it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.panels.limbs import limb_names
from gui.parts import Banner, Field, KeyButton, Panel, choice, columns, plain
from models.errors import Refused


class InjectionPanel(Panel):
    """`given` when F9 says that the injection was seen. Limb and vaccinator are carried over to the next person."""

    given = Signal()
    back = Signal()
    postpone = Signal()
    withhold = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Penyuntikan"))
        self.who = plain(big=True)
        self.check = plain(tr("Cocokkan dengan KTP: nama dan tanggal lahir. Periksa nomor batch pada vial."), faded=True)
        self.plan = Banner()
        self.limb = Field(tr("Lengan"), choice(limb_names()))
        self.vaccinator = Field(tr("Vaksinator"))
        self.vaccinator.set_text(desk.actor.name)
        self._fields = {"limb": self.limb, "vaccinator": self.vaccinator}
        self.main = KeyButton(tr("&Disuntik"), "F9", main=True)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.later = KeyButton(tr("Tund&a…"), "F8")
        self.never = KeyButton(tr("T&idak diberikan…"), "F10")
        self.gone = KeyButton(tr("Per&gi…"), "F6")
        for widget in (self.who, self.check, self.plan):
            self.rows.addWidget(widget)
        self.rows.addLayout(columns(self.limb, self.vaccinator))
        self.rows.addWidget(plain(tr("“Disuntik” ditekan oleh yang melihat suntikan."), faded=True))
        self.rows.addStretch(1)
        self.rows.addLayout(columns(self.leave, self.gone, self.later))
        self.rows.addLayout(columns((self.never, 2), (self.main, 3)))
        for button, signal in (
            (self.main, self.given), (self.leave, self.back), (self.later, self.postpone), (self.never, self.withhold),
            (self.gone, self.left),
        ):  # fmt: skip
            button.clicked.connect(signal)

    def start(self, who: str) -> None:
        """The next person; what was chosen for the one before is proposed."""
        self.who.setText(who)
        (self.main if self.limb.text() and self.vaccinator.text().strip() else self.limb).setFocus()

    def complete(self) -> bool:
        """Whether limb and vaccinator are said; else the cursor goes there."""
        for field, code in ((self.limb, "doses.limb_missing"), (self.vaccinator, "doses.vaccinator_missing")):
            if not field.text().strip():
                field.show_fault(Refused(code))
                field.setFocus()
                return False
        return True
