"""Makes an encoder give for a clip alone what it gives for the clip with silence up to 30 s; no transcripts are needed."""

import copy
import random

import torch
from torch.nn.functional import mse_loss

from . import audio
from .data import Clip
from .training import Data, Loss, Recipe
from .whisper import Whisper

FRAME = 320


def context_loss(whisper: Whisper, recipe: Recipe) -> Loss:
    """The distance of the hidden states of the short context from those that the untouched model gives in 30 s."""
    teacher = Whisper(copy.deepcopy(whisper.model).eval().requires_grad_(False), whisper.tokenizer, whisper.extractor, whisper.folder, whisper.device)
    return lambda clips, chance: distance(whisper, teacher, [recipe.augment.samples(audio.read(clip.path)[: 29 * audio.RATE], chance) for clip in clips])


def distance(student: Whisper, teacher: Whisper, samples: list) -> torch.Tensor:
    total = torch.zeros((), device=student.device)
    # Each clip in its own context: in a batch the shorter ones would get more than their own length.
    for one in samples:
        with torch.no_grad():
            wanted = teacher.encode(torch.from_numpy(teacher.features([one], "full")).to(teacher.device))
        given = student.encode(torch.from_numpy(student.features([one], "clip")).to(student.device))
        frames = min(given.shape[1], len(one) // FRAME + 1)
        total = total + mse_loss(given[:, :frames], wanted[:, :frames]) / wanted[:, :frames].var()
    return total / len(samples)


def context_validation(whisper: Whisper, data: Data, teacher_loss: Loss):
    """The same distance on the validation part, always in the same way."""
    clips: list[Clip] = data.validation or data.train

    @torch.inference_mode()
    def validate() -> float:
        whisper.model.eval()
        return sum(float(teacher_loss([clip], random.Random(0))) for clip in clips[:64]) / max(1, len(clips[:64]))

    return validate
