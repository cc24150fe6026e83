"""Starts Pos Vaksin: `python3 main.py [command ...]`.

Any Python on the machine may run this file, so it keeps to the standard library and to what Python 3.6 can read. The
program itself runs in the environment beside it, which is made at the first start (gui/prepare.py). Worker processes
import this module: nothing happens at import.
"""

import os
import sys


def main() -> int:
    """Make sure of Python, environment and system libraries, in that order; then the window or one command."""
    if not (3, 11) <= sys.version_info[:2] < (3, 15):
        sys.stderr.write(
            "Pos Vaksin memerlukan Python 3.11 sampai 3.14, sedangkan ini Python {}.{}: pasang salah satunya, "
            "lalu jalankan main.py dengan Python itu.\n".format(*sys.version_info[:2])
        )
        return 1
    from gui.environment import Environment, Stopped  # needs the Python that was just checked

    place = Environment(os.path.dirname(os.path.realpath(__file__)))
    arguments = sys.argv[1:]
    try:
        if not place.is_inside():
            if not place.is_ready("requirements"):
                from gui import prepare  # a start without set-up must cost milliseconds

                prepare.environment(place, "requirements")
            return place.run([os.path.realpath(__file__), *arguments])
        screen = place.screen(arguments)
        if not place.has_shown(screen):
            from gui import prepare  # a start without set-up must cost milliseconds

            prepare.libraries(place, screen)
    except Stopped as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Persiapan dihentikan: jalankan lagi untuk melanjutkannya.\n")
        return 130

    from gui.start import main as start  # needs the environment

    return start(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
