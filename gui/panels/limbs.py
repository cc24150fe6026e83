"""Where an injection goes, in the words of the desk."""

from gui.language import tr


def limb_names() -> list[tuple[str, str]]:
    """The codes of models/doses/injections with their words."""
    return [
        ("left_arm", tr("Lengan kiri")),
        ("right_arm", tr("Lengan kanan")),
        ("left_thigh", tr("Paha kiri")),
        ("right_thigh", tr("Paha kanan")),
    ]
