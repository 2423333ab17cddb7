"""What is kept of training, so that it goes on where it was stopped."""

import os
from pathlib import Path

import torch

NAME = "checkpoint.pt"


class OtherSettings(Exception):
    """A checkpoint was made with other settings or data."""


def save(out: Path, state: dict) -> None:
    """The file that is there is whole, whatever happens meanwhile."""
    out.mkdir(parents=True, exist_ok=True)
    part = out / f"{NAME}.part"
    torch.save(state, part)
    os.replace(part, out / NAME)


def load(out: Path, settings: str) -> dict | None:
    """None where there is none. Raises OtherSettings."""
    if not (out / NAME).exists():
        return None
    # weights_only: a file that is a program is refused.
    state = torch.load(out / NAME, map_location="cpu", weights_only=True)
    if state["settings"] != settings:
        raise OtherSettings(f"{out / NAME} was made with other settings or data. Name another folder, or delete it.")
    return state


def remove(out: Path) -> None:
    (out / NAME).unlink(missing_ok=True)
