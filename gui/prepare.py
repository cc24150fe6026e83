"""What happens at the first start only: the environment from the lock, and the system libraries that Qt needs.

Standard library only; progress goes to stderr. Every way in which it can fail ends in `Stopped` with one sentence.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence

from gui.environment import COMMANDS, DISPLAY, OFFSCREEN, Environment, Stopped

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NEEDED_MB = 700

# By ldd and `dpkg -S` over the wheels of Qt 6.11; proved on a bare Debian 12.
BASE = ("libglib2.0-0",)
PAINTING = (*BASE, "libegl1", "libgl1", "libfontconfig1", "libfreetype6", "libxkbcommon0", "libx11-6", "libdbus-1-3")
WINDOWS = (
    *PAINTING, "libxkbcommon-x11-0", "libx11-xcb1", "libxcb-cursor0", "libxcb-glx0", "libxcb-icccm4", "libxcb-image0",
    "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-render0", "libxcb-shape0", "libxcb-shm0",
    "libxcb-sync1", "libxcb-util1", "libxcb-xfixes0", "libxcb-xkb1",
)  # fmt: skip
PACKAGES = {COMMANDS: BASE, OFFSCREEN: PAINTING, DISPLAY: WINDOWS}

# Importing Qt succeeds where its platform plug-in then aborts the process: only a child can find out.
MAKES_WINDOW = "from PySide6.QtWidgets import QApplication; QApplication([])"
TRIES = {COMMANDS: "import PySide6.QtCore", OFFSCREEN: MAKES_WINDOW, DISPLAY: MAKES_WINDOW}


def say(sentence: str) -> None:
    """Tell whoever waits, at once."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def environment(place: Environment, *locks: str) -> None:
    """Make the environment hold all of `locks`, of which the first is the program's own.

    Safe against a second start at the same time (it waits) and against being broken off anywhere (the next start
    begins anew). An environment for an older lock is put back if the new one cannot be made.
    """
    with _alone(place):
        if not place.is_ready(locks[0]):
            _build(place, locks[0])
        for name in locks[1:]:
            if not place.is_ready(name):
                _install(place, name)


def libraries(place: Environment, screen: str) -> None:
    """Make sure that Qt finds its system libraries for `screen`, and remember it."""

    def works() -> bool:
        return _works([place.python, "-c", TRIES[screen]])

    if not works():
        with _alone(place):
            system_packages(PACKAGES[screen], works)
    with contextlib.suppress(OSError):  # a folder that cannot be written to only means looking again next time
        open(place.shown(screen), "w").close()


def system_packages(names: Sequence[str], works: Callable[[], bool]) -> None:
    """Install Debian packages if `works` says that something is missing: by itself for root, else by telling how."""
    if works():
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    by_hand = f"apt-get update && {' '.join(install)}"
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stopped(
            "Pustaka sistem untuk Qt belum lengkap atau layarnya tidak dapat dibuka: jalankan baris ini sebagai "
            f"root (nama paket Debian dan Ubuntu), lalu mulai lagi:\n{by_hand}"
        )
    say("Memasang pustaka sistem yang diperlukan Qt dengan apt-get, hanya sekali ini …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (install, ["apt-get", "update"], install):
        if subprocess.run(command, env=quiet, stdout=sys.stderr).returncode == 0 and command is install:
            break
    else:
        raise Stopped(f"Pustaka sistem tidak terpasang: periksa sambungan internet, lalu jalankan\n{by_hand}")
    if not works():
        raise Stopped(
            f"Pustaka sistem sudah terpasang, tetapi layar {os.environ.get('DISPLAY', '')} tidak dapat dibuka: periksa "
            "apakah layar itu menyala dan boleh dipakai oleh pengguna ini, lalu mulai lagi."
        )


def _works(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


@contextlib.contextmanager
def _alone(place: Environment) -> Iterator[None]:
    """Hold the set-up of this folder; a process that ends in any way lets go of it."""
    try:
        guard = os.open(f"{place.folder}.guard", os.O_RDWR | os.O_CREAT)
    except OSError:
        raise Stopped(
            f"Folder {place.root} tidak dapat ditulisi, padahal persiapan pertama menyimpan paket di dalamnya: "
            "pindahkan ke folder milik Anda, atau jalankan sekali oleh pemiliknya."
        ) from None
    try:
        if not _take(guard, wait=False):
            say("Persiapan sedang dikerjakan di jendela lain; menunggu sampai selesai …")
            while not _take(guard, wait=True):
                pass
        yield
    finally:
        os.close(guard)


def _take(guard: int, *, wait: bool) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(guard, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(guard, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            os.set_inheritable(guard, True)
    except OSError:
        return False
    return True


def _build(place: Environment, lock: str) -> None:
    old = f"{place.folder}.old"
    try:
        free = shutil.disk_usage(place.root).free // 1_000_000
        if free < NEEDED_MB:
            raise Stopped(f"Ruang disk tinggal {free} MB: sediakan {NEEDED_MB} MB di {place.root}, lalu mulai lagi.")
        if importlib.util.find_spec("ensurepip") is None:
            raise Stopped(
                "Python di komputer ini belum lengkap: jalankan `apt-get install -y python3-venv` sebagai root, lalu mulai lagi."
            )
        say("Persiapan, hanya sekali ini: mengunduh sekitar 120 MB paket, kecuali yang sudah pernah terunduh …")
        shutil.rmtree(old, ignore_errors=True)
        if os.path.lexists(place.folder):
            os.replace(place.folder, old)
        try:
            failed, said = _run([sys.executable, "-m", "venv", place.folder])
            if failed:
                raise Stopped(explain(said, f"{place.folder}.log"))
            _install(place, lock)
        except BaseException:
            shutil.rmtree(place.folder, ignore_errors=True)
            if os.path.lexists(old):
                os.replace(old, place.folder)
            raise
        shutil.rmtree(old, ignore_errors=True)
    except OSError as fault:
        raise Stopped(
            f"Folder .venv di {place.root} tidak dapat dibuat ({fault.strerror}): tutup Pos Vaksin di jendela lain, "
            "hapus folder itu, lalu mulai lagi."
        ) from None
    say("Persiapan selesai.")


def _install(place: Environment, lock: str) -> None:
    """All of a lock, nothing else, and only files whose SHA-256 stands in it; then the stamp, whole or not at all."""
    log = f"{place.folder}.log"
    command = [place.python, "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary=:all:"]
    command += ["--disable-pip-version-check", "--no-input", "--log", log, "-r", place.lock(lock)]
    failed, said = _run(command)
    if failed:
        raise Stopped(explain(said, log))
    if sys.platform != "win32":
        os.sync()  # a power cut must not leave a stamp without the files that it vouches for
    stamp = place.stamp(lock)
    with open(f"{stamp}.new", "w", encoding="utf-8") as file:
        file.write(place.expected(lock))
    os.replace(f"{stamp}.new", stamp)


def _run(command: Sequence[str]) -> tuple[bool, str]:
    """Whether it failed and what it said on stderr; its progress is seen as it comes.

    It inherits the guard: a pip that outlives a killed start keeps others from building beside it.
    """
    done = subprocess.run(command, stdout=sys.stderr, stderr=subprocess.PIPE, text=True, errors="replace", close_fds=False)
    return done.returncode != 0, done.stderr


def explain(said: str, log: str) -> str:
    """One sentence for what pip said on stderr. pip has one exit code for everything, so its words have to do."""
    said = said.lower()
    if "no space left" in said:
        return f"Disk penuh: sediakan {NEEDED_MB} MB, lalu mulai lagi."
    if "do not match the hashes" in said:
        return (
            "Paket yang terunduh tidak sama dengan yang tercatat, jadi tidak dipasang: mulai lagi lewat jaringan "
            f"lain, dan bila tetap begitu laporkan isi {log}."
        )
    if any(word in said for word in ("connection", "timed out", "timeout", "proxy", "ssl", "resolution", "network")):
        return "Paket tidak dapat diunduh: periksa sambungan internet, lalu mulai lagi; yang sudah terunduh tidak diunduh ulang."
    if "no matching distribution" in said:
        return (
            "Tidak ada paket yang cocok untuk komputer ini: Pos Vaksin memerlukan Windows atau Linux 64-bit "
            "yang setara dengan Debian 12 ke atas."
        )
    return f"Paket tidak dapat dipasang: mulai lagi, dan bila tetap begitu laporkan isi {log}."
