"""Reading a QR with a webcam, where there is one and OpenCV is installed: an extra (`pip install pos-vaksin[camera]`).

Pictures are looked at in a thread of their own, which knows no widget; the screen looks ten times a second at what it has found.
"""

from __future__ import annotations

import importlib
import importlib.util
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gui.language import tr

_EVERY = 100  # milliseconds
_EMPTY_AT_MOST = 50
"""Pictures in a row that a camera may fail to give, as it does while it wakes up."""


@dataclass(frozen=True)
class Picture:
    """`image` is what the QR reader takes; `data` its bytes as blue, green, red, row by row without gaps."""

    image: Any
    data: bytes
    width: int
    height: int


class Frames(Protocol):
    """Where pictures come from."""

    def read(self) -> Picture | None:
        """The next one, None where none came."""

    def release(self) -> None:
        """Let the camera go."""


class _Webcam:
    """The first camera, through OpenCV."""

    def __init__(self) -> None:
        self._capture = importlib.import_module("cv2").VideoCapture(0)

    def is_open(self) -> bool:
        """Whether it answers."""
        return bool(self._capture.isOpened())

    def read(self) -> Picture | None:
        there, frame = self._capture.read()
        return Picture(frame, frame.tobytes(), frame.shape[1], frame.shape[0]) if there else None

    def release(self) -> None:
        self._capture.release()


def open_webcam() -> Frames | None:
    """The camera of this PC; None where OpenCV or a camera is missing."""
    if importlib.util.find_spec("cv2") is None:
        return None
    found = _Webcam()
    if found.is_open():
        return found
    found.release()
    return None


def has_webcam(opens: Callable[[], Frames | None] = open_webcam) -> bool:
    """Whether one can be opened now; off the screen's thread, for it takes a second."""
    found = opens()
    if found is not None:
        found.release()
    return found is not None


class _Looking:
    """Plain values between the thread and the screen."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.picture: Picture | None = None
        self.texts: list[str] = []
        self.over = False


def _look(opens: Callable[[], Frames | None], looking: _Looking) -> None:
    import zxingcpp  # a tenth of a second that most windows never need

    frames = opens()
    empty = 0
    try:
        while frames is not None and not looking.stopped.is_set() and empty < _EMPTY_AT_MOST:
            picture = frames.read()
            if picture is None:
                empty += 1
                looking.stopped.wait(_EVERY / 1000)
                continue
            empty, looking.picture = 0, picture
            found = zxingcpp.read_barcodes(picture.image)
            if found:
                looking.texts = [each.text for each in found]
                return
    finally:
        if frames is not None:
            frames.release()
        looking.over = True


class Camera(QObject):
    """`start` until QR codes were `seen(texts)`, `stop` was called, or the camera `ended(words)`. `view` shows what it sees."""

    seen = Signal(list)
    ended = Signal(str)

    def __init__(self, owner: QWidget, opens: Callable[[], Frames | None] = open_webcam) -> None:
        super().__init__(owner)
        self._opens = opens
        self._looking: _Looking | None = None
        self._thread: threading.Thread | None = None
        self.view = QLabel()
        self.view.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view.setAccessibleName(tr("Gambar kamera"))
        self.view.setMinimumHeight(240)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._show)

    def start(self) -> None:
        """Look from now on."""
        self.stop()
        self._looking = looking = _Looking()
        self._thread = threading.Thread(target=_look, args=(self._opens, looking), name="camera", daemon=True)
        self._thread.start()
        self.view.setText(tr("Kamera dibuka… Arahkan QR ke kamera."))
        self._timer.start()

    def stop(self) -> None:
        """The camera's light goes out; nothing of its pictures stays."""
        self._timer.stop()
        if self._looking is not None:
            self._looking.stopped.set()
        if self._thread is not None:
            self._thread.join(timeout=2)
        self._looking = self._thread = None
        self.view.clear()

    def _show(self) -> None:
        looking = self._looking
        if looking is None:
            return
        if looking.over:
            texts = looking.texts
            self.stop()
            if texts:
                self.seen.emit(texts)
            else:
                self.ended.emit(tr("Kamera tidak memberi gambar. Periksa kabelnya, atau pindai dengan alat lain."))
        elif looking.picture is not None:
            of = looking.picture
            image = QImage(of.data, of.width, of.height, 3 * of.width, QImage.Format.Format_BGR888)
            size = self.view.size()
            self.view.setPixmap(
                QPixmap.fromImage(image).scaled(
                    size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
                )
            )
