"""A Whisper in PyTorch that hears as the app's runner does: with the clip's own context, greedily."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy, gelu
from transformers import AutoTokenizer, WhisperFeatureExtractor, WhisperForConditionalGeneration

from . import audio

RATE = 16_000
HOP = 160
CONTEXTS = ("short", "clip", "full")
SIDE_FILES = ("generation_config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt", "added_tokens.json")


def context_samples(samples: int, context: str) -> int:
    """How much the encoder gets: `full` 30 s, `short` the clip and 1 s but at least 10 s, `clip` the clip and 1 s."""
    least = {"full": 30, "short": 10, "clip": 0}[context] * RATE
    wanted = min(30 * RATE, max(least, samples + RATE))
    return -(-wanted // (2 * HOP)) * 2 * HOP


@dataclass
class Whisper:
    model: WhisperForConditionalGeneration
    tokenizer: AutoTokenizer
    extractor: WhisperFeatureExtractor
    folder: Path
    device: torch.device
    # What the encoder made of clips, by path and frames; None while it may still change.
    heard: dict[tuple[Path, int], torch.Tensor] | None = None

    def hear(self, paths: list[Path], context: str) -> torch.Tensor:
        """[clip, frame, channel], all as long as the longest clip needs. Nothing is learnt from it."""
        samples = [audio.read(path)[: 30 * RATE] for path in paths]
        frames = max(context_samples(len(one), context) for one in samples) // (2 * HOP)
        missing = [at for at, path in enumerate(paths) if self.heard is None or (path, frames) not in self.heard]
        fresh = {}
        if missing:
            with torch.no_grad():
                made = self.encode(torch.from_numpy(self.features([samples[at] for at in missing], context, frames * 2 * HOP)).to(self.device))
            fresh = {paths[at]: one for at, one in zip(missing, made, strict=True)}
            if self.heard is not None:
                self.heard.update({(path, frames): one.half() for path, one in fresh.items()})
        return torch.stack([fresh[path] if path in fresh else self.heard[path, frames].float() for path in paths])

    def features(self, clips: list[np.ndarray], context: str, least: int = 0) -> np.ndarray:
        """Log-mel features of a batch, all as long as its longest clip needs, or as `least` samples."""
        length = max(least, *(context_samples(len(clip), context) for clip in clips))
        padded = [np.pad(clip, (0, max(0, length - len(clip))))[:length] for clip in clips]
        return np.stack([self.extractor(one, sampling_rate=RATE, padding=False, return_tensors="np").input_features[0] for one in padded])

    def encode(self, features: torch.Tensor) -> torch.Tensor:
        """As transformers' encoder, which insists on 30 s."""
        encoder = self.model.model.encoder
        hidden = gelu(encoder.conv2(gelu(encoder.conv1(features)))).permute(0, 2, 1)
        hidden = hidden + encoder.embed_positions.weight[: hidden.shape[1]]
        for layer in encoder.layers:
            made = layer(hidden, None)
            hidden = made[0] if isinstance(made, tuple) else made
        return encoder.layer_norm(hidden)

    def prompt(self, language: str | None) -> list[int]:
        names = ["<|startoftranscript|>"]
        if self.model.generation_config.is_multilingual:
            names += [f"<|{language or 'en'}|>", "<|transcribe|>"]
        return self.tokenizer.convert_tokens_to_ids([*names, "<|notimestamps|>"])

    def labels(self, text: str, language: str | None) -> list[int]:
        return [*self.prompt(language), *self.tokenizer.encode(f" {text}", add_special_tokens=False), self.end]

    @property
    def end(self) -> int:
        return int(self.model.config.eos_token_id)

    def logits(self, hidden: torch.Tensor, labels: list[list[int]], prompts: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """What the decoder expects at each place, [clip, place, token], and what stands there: −100 for the prompt and behind the end."""
        longest = min(max(map(len, labels)), self.model.config.max_target_positions + 1)
        ids = torch.full((len(labels), longest), self.end, device=self.device)
        wanted = torch.full((len(labels), longest), -100, device=self.device)
        for row, (one, prompt) in enumerate(zip(labels, prompts, strict=True)):
            kept = torch.tensor(one[:longest], device=self.device)
            ids[row, : len(kept)] = kept
            wanted[row, prompt : len(kept)] = kept[prompt:]
        out = self.model.model.decoder(input_ids=ids[:, :-1], encoder_hidden_states=hidden, use_cache=False)
        return self.model.proj_out(out.last_hidden_state).float(), wanted[:, 1:]

    def loss(self, hidden: torch.Tensor, labels: list[list[int]], prompts: list[int]) -> torch.Tensor:
        """Mean cross entropy of the words and the end, not of the prompt."""
        logits, wanted = self.logits(hidden, labels, prompts)
        return cross_entropy(logits.transpose(1, 2), wanted)

    def read(self, hidden: torch.Tensor, languages: list[str | None]) -> list[str]:
        """What is said in a batch of clips that were heard, of the same kind of prompt."""
        return [self.tokenizer.decode(tokens, skip_special_tokens=True).strip() for tokens in self.read_tokens(hidden, languages)]

    @torch.inference_mode()
    def read_tokens(self, hidden: torch.Tensor, languages: list[str | None]) -> list[list[int]]:
        """The likeliest token at each place, up to the end."""
        ids = torch.tensor([self.prompt(language) for language in languages], device=self.device)
        settings = self.model.generation_config
        never = torch.tensor([*(settings.suppress_tokens or []), *range(int(settings.no_timestamps_token_id), self.model.config.vocab_size)], device=self.device)
        at_start = torch.tensor(settings.begin_suppress_tokens or [], device=self.device, dtype=torch.long)
        # Nobody says more than ten tokens in a second.
        most = min(self.model.config.max_target_positions - ids.shape[1] - 1, 16 + hidden.shape[1] // 5)
        is_over = torch.zeros(len(languages), dtype=torch.bool, device=self.device)
        said: list[torch.Tensor] = []
        cache = None
        step = ids
        for index in range(most):
            out = self.model.model.decoder(input_ids=step, encoder_hidden_states=hidden, cache=cache, use_cache=True)
            cache = out.cache if hasattr(out, "cache") else out.past_key_values
            logits = self.model.proj_out(out.last_hidden_state[:, -1])
            logits[:, never] = -torch.inf
            if index == 0:
                logits[:, at_start] = -torch.inf
            token = torch.where(is_over, self.end, logits.argmax(-1))
            is_over |= token == self.end
            if bool(is_over.all()):
                break
            said.append(token)
            step = token[:, None]
        rows = torch.stack(said, 1).tolist() if said else [[] for _ in languages]
        return [[token for token in row if token != self.end] for row in rows]


def device_of(name: str) -> torch.device:
    """`auto`: CUDA or ROCm (which calls itself cuda), MPS, else the processor."""
    if name != "auto":
        return torch.device(name)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


def open_whisper(folder: Path, device: torch.device) -> Whisper:
    """A Hugging Face folder, such as `voiceinput models export` writes. Weights that are programs (.bin, .pt) are refused."""
    model = WhisperForConditionalGeneration.from_pretrained(folder, use_safetensors=True, local_files_only=True, dtype=torch.float32)
    return Whisper(
        model=model.to(device),
        tokenizer=AutoTokenizer.from_pretrained(folder, local_files_only=True),
        extractor=WhisperFeatureExtractor.from_pretrained(folder, local_files_only=True),
        folder=folder,
        device=device,
    )


def save_whisper(whisper: Whisper, out: Path, name: str) -> None:
    """safetensors with all that lies beside them, as `voiceinput models import` takes it. `name` tells the app how it was tuned."""
    out.mkdir(parents=True, exist_ok=True)
    whisper.model.save_pretrained(out)
    for file in SIDE_FILES:
        if (whisper.folder / file).exists():
            (out / file).write_bytes((whisper.folder / file).read_bytes())
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    (out / "config.json").write_text(json.dumps({**config, "_name_or_path": name}, indent=2) + "\n", encoding="utf-8")
