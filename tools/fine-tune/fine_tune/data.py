"""Data sets as `voiceinput dataset` writes them: a folder for each part, with metadata.jsonl and FLAC."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

PARTS = ("train", "validation", "test")


class DataError(Exception):
    """Data that cannot be trained on; the message says what to do."""


@dataclass(frozen=True)
class Clip:
    path: Path
    text: str
    group: str
    duration_ms: int
    language: str | None

    @property
    def key(self) -> str:
        """Letters and digits alone: the same for texts that differ in writing only."""
        return essence(self.text)


def essence(text: str) -> str:
    letters = "".join(sign if sign.isalnum() else " " for sign in text.lower().replace("ё", "е"))
    return " ".join(letters.split())


def read_part(folder: Path, part: str, language: str | None = None) -> list[Clip]:
    """The clips of a part; none where there is no such part. `language` counts where a line has none."""
    table = folder / part / "metadata.jsonl"
    if not table.exists():
        return []
    clips = []
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            clips.append(
                Clip(
                    path=table.parent / row["file_name"],
                    text=row["text"],
                    group=row.get("group", ""),
                    duration_ms=int(row["duration_ms"]),
                    language=row.get("language", language),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{table}, line {number} is not of a data set: {error!r}. Make it with voiceinput dataset.") from error
    return clips


def read_dataset(folder: Path, language: str | None = None) -> dict[str, list[Clip]]:
    """All parts. Raises DataError where a speaker or a text that is judged by is learnt from, too."""
    parts = {part: read_part(folder, part, language) for part in PARTS}
    if not any(parts.values()):
        raise DataError(f"{folder} holds no data set: expected train/metadata.jsonl there, as voiceinput dataset writes it.")
    refuse_leaks(parts, str(folder))
    return parts


def refuse_leaks(parts: dict[str, list[Clip]], name: str) -> None:
    for held in ("validation", "test"):
        groups = {clip.group for clip in parts[held]}
        texts = {clip.key for clip in parts[held]}
        for part in PARTS[: PARTS.index(held)]:
            for clip in parts[part]:
                if clip.group in groups or clip.key in texts:
                    raise DataError(f"{name}: {clip.path.name} in {part} leaks into {held}: the same speaker, chapter or text.")


def mixed(own: list[Clip], general: list[Clip], share: float, seed: int) -> list[Clip]:
    """One round through the own clips, with so many others that they are `share` of all; in an order that the seed gives."""
    chance = random.Random(seed)
    count = round(len(own) * share / (1 - share)) if general and share > 0 else 0
    whole, rest = divmod(count, len(general)) if general else (0, 0)
    others = general * whole + chance.sample(general, rest)
    both = own + others
    chance.shuffle(both)
    return both


def batches(clips: list[Clip], size: int, seed: int) -> list[list[Clip]]:
    """Clips of like length together, for little padding, and the batches in an order that the seed gives."""
    chance = random.Random(seed)
    bucket = size * 16
    made: list[list[Clip]] = []
    for start in range(0, len(clips), bucket):
        near = sorted(clips[start : start + bucket], key=lambda clip: clip.duration_ms)
        made += [near[at : at + size] for at in range(0, len(near), size)]
    chance.shuffle(made)
    return made
