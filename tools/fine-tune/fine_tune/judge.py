"""What a model makes of clips, and how many words are wrong."""

import unicodedata

import jiwer
import torch

from .bootstrap import Errors
from .data import Clip
from .whisper import Whisper


def words(text: str) -> str:
    """As models compare counts them: without case and marks, е for ё."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("ё", "е").replace("'", "").replace("’", "")
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def errors_in(said: str, heard: str) -> Errors:
    reference = words(said)
    if not reference:
        return Errors(len(words(heard).split()), 0)
    counted = jiwer.process_words(reference, words(heard))
    return Errors(counted.substitutions + counted.deletions + counted.insertions, len(reference.split()))


def loops(text: str) -> bool:
    """Whether it ends with one span three times."""
    all_words = words(text).split()
    return any(
        len(all_words) >= 3 * size and all_words[-size:] == all_words[-2 * size : -size] == all_words[-3 * size : -2 * size]
        for size in range(1, len(all_words) // 3 + 1)
    )


def read_clips(whisper: Whisper, clips: list[Clip], context: str, batch: int = 8) -> list[str]:
    """In the order of the clips; clips of like length are read together, unless each is to have its own context."""
    whisper.model.eval()
    batch = 1 if context == "clip" else batch
    texts = [""] * len(clips)
    order = sorted(range(len(clips)), key=lambda at: clips[at].duration_ms)
    for start in range(0, len(order), batch):
        places = order[start : start + batch]
        hidden = whisper.hear([clips[at].path for at in places], context)
        for at, text in zip(places, whisper.read(hidden, [clips[at].language for at in places]), strict=True):
            texts[at] = text
    return texts


def judge(whisper: Whisper, clips: list[Clip], context: str) -> list[Errors]:
    return [errors_in(clip.text, text) for clip, text in zip(clips, read_clips(whisper, clips, context), strict=True)]


@torch.inference_mode()
def loss_on(whisper: Whisper, clips: list[Clip], context: str, batch: int = 8) -> float:
    """Mean loss of clips, without any change to them."""
    whisper.model.eval()
    total = 0.0
    for start in range(0, len(clips), batch):
        some = clips[start : start + batch]
        hidden = whisper.hear([clip.path for clip in some], context)
        labels = [whisper.labels(clip.text, clip.language) for clip in some]
        prompts = [len(whisper.prompt(clip.language)) for clip in some]
        total += float(whisper.loss(hidden, labels, prompts)) * len(some)
    return total / max(1, len(clips))
