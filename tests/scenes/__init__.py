"""Ten scenes of a real day, keyboard only. In the suite without a screen; `python -m tests.scenes` on a real X server."""
