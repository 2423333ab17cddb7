"""A random tiny Whisper: its loss, gradients and texts beside those of transformers; a training that is interrupted."""

import json
import math
import random
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, decoders
from transformers import GenerationConfig, WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration

from fine_tune import checkpoint
from fine_tune.adapters import merge_adapters, with_adapters
from fine_tune.audio import Augment
from fine_tune.context import context_loss
from fine_tune.data import Clip
from fine_tune.training import Data, Recipe, train, transcript_loss
from fine_tune.whisper import Whisper, open_whisper, save_whisper

MARKS = ["<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|ru|>", "<|transcribe|>", "<|notimestamps|>"]
CPU = torch.device("cpu")


def tiny(folder: Path) -> Whisper:
    """One layer each, with a vocabulary of single bytes."""
    signs = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={sign: at for at, sign in enumerate(signs)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(MARKS)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": MARKS[0]}))
    ids = {mark: tokenizer.token_to_id(mark) for mark in MARKS}
    config = WhisperConfig(
        vocab_size=tokenizer.get_vocab_size(), d_model=64, encoder_layers=1, decoder_layers=1, encoder_attention_heads=1, decoder_attention_heads=1,
        encoder_ffn_dim=128, decoder_ffn_dim=128, eos_token_id=ids[MARKS[0]], bos_token_id=ids[MARKS[0]], pad_token_id=ids[MARKS[0]], decoder_start_token_id=ids[MARKS[1]],
        suppress_tokens=[], begin_suppress_tokens=[], dropout=0.0,
    )
    torch.manual_seed(1)
    model = WhisperForConditionalGeneration(config)
    model.generation_config = GenerationConfig(eos_token_id=ids[MARKS[0]], pad_token_id=ids[MARKS[0]], no_timestamps_token_id=ids["<|notimestamps|>"], is_multilingual=True)
    model.save_pretrained(folder)
    WhisperFeatureExtractor().save_pretrained(folder)
    return open_whisper(folder, CPU)


def clips_in(folder: Path, count: int) -> list[Clip]:
    """Each letter has its tone."""
    clips = []
    for number in range(count):
        text = "abcd"[number % 4] * 3
        tone = np.sin(np.arange(16_000) * 2 * np.pi * (300 + 400 * (number % 4)) / 16_000) * 0.3
        soundfile.write(folder / f"{number}.wav", tone, 16_000)
        clips.append(Clip(folder / f"{number}.wav", text, str(number), 1000, "en"))
    return clips


class Training(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "start").mkdir()
        self.whisper = tiny(self.folder / "start")
        self.clips = clips_in(self.folder, 16)

    def recipe(self, out: str, **changes) -> Recipe:
        usual = dict(out=self.folder / out, epochs=2, rate=1e-3, batch=4, accumulate=1, rank=0, context="short", share=0.0, patience=9, seed=1, augment=Augment(0.0, None, 0), minutes=None, settings="one")
        return Recipe(**{**usual, **changes})

    def data(self) -> Data:
        return Data(self.clips[4:], self.clips[:4], [], [])

    def test_loss_and_gradients_are_those_of_transformers(self) -> None:
        whisper = self.whisper
        samples = [soundfile.read(clip.path, dtype="float32")[0] for clip in self.clips[:2]]
        features = torch.from_numpy(whisper.features(samples, "full"))
        labels = [whisper.labels(clip.text, "en") for clip in self.clips[:2]]
        prompt = len(whisper.prompt("en"))
        ours = whisper.loss(whisper.encode(features), labels, [prompt, prompt])
        ours.backward()
        gradients = {name: value.grad.clone() for name, value in whisper.model.named_parameters() if value.grad is not None}
        whisper.model.zero_grad()
        wanted = torch.tensor([[-100] * (prompt - 1) + one[prompt:] for one in labels])
        theirs = whisper.model(input_features=features, decoder_input_ids=torch.tensor(labels)[:, :-1], labels=wanted).loss
        theirs.backward()
        self.assertAlmostEqual(float(ours), float(theirs), places=5)
        for name, value in whisper.model.named_parameters():
            if value.grad is not None:
                torch.testing.assert_close(gradients[name], value.grad, atol=1e-5, rtol=1e-4, msg=name)

    def test_it_learns_and_what_is_saved_reads_the_same(self) -> None:
        losses = train(self.whisper, self.recipe("a", epochs=12, rate=3e-3), self.data(), transcript_loss(self.whisper, self.recipe("a")))
        self.assertLess(min(losses), 0.7 * losses[0])
        paths = [clip.path for clip in self.clips[:4]]
        texts = self.whisper.read(self.whisper.hear(paths, "short"), ["en"] * 4)
        save_whisper(self.whisper, self.folder / "out", "voiceinput-fine-tuned")
        saved = open_whisper(self.folder / "out", CPU)
        self.assertEqual(saved.read(saved.hear(paths, "short"), ["en"] * 4), texts)
        # As few decoding steps as one alone.
        self.assertEqual([self.whisper.read(self.whisper.hear([path], "short"), ["en"])[0] for path in paths], texts)

    def test_a_training_that_was_stopped_ends_as_one_that_was_not(self) -> None:
        start = {name: value.clone() for name, value in self.whisper.model.state_dict().items()}
        train(self.whisper, self.recipe("whole"), self.data(), transcript_loss(self.whisper, self.recipe("whole")))
        whole = {name: value.clone() for name, value in self.whisper.model.state_dict().items()}
        self.whisper.model.load_state_dict(start)
        usual = transcript_loss(self.whisper, self.recipe("parts"))
        seen = 0

        def stopped(clips, chance):
            nonlocal seen
            seen += 1
            # In the first batch of the second round.
            if seen == 4:
                raise KeyboardInterrupt
            return usual(clips, chance)

        with self.assertRaises(KeyboardInterrupt):
            train(self.whisper, self.recipe("parts"), self.data(), stopped)
        self.whisper.model.load_state_dict(start)
        train(self.whisper, self.recipe("parts"), self.data(), usual)
        for name, value in self.whisper.model.state_dict().items():
            torch.testing.assert_close(value, whole[name], msg=name)
        with self.assertRaises(checkpoint.OtherSettings):
            checkpoint.load(self.folder / "parts", "other")

    def test_adapters_are_merged_into_the_weights(self) -> None:
        names = set(self.whisper.model.state_dict())
        recipe = self.recipe("lora", rank=4, rate=1e-2)
        with_adapters(self.whisper, 4)
        train(self.whisper, recipe, self.data(), transcript_loss(self.whisper, recipe))
        self.whisper.model.eval()
        samples = [soundfile.read(self.clips[0].path, dtype="float32")[0]]
        features = torch.from_numpy(self.whisper.features(samples, "short"))
        before = self.whisper.encode(features)
        merge_adapters(self.whisper)
        self.assertEqual(set(self.whisper.model.state_dict()), names)
        torch.testing.assert_close(self.whisper.encode(features), before, atol=1e-4, rtol=1e-3)

    def test_general_speech_is_kept_as_it_was_said_before(self) -> None:
        for rank in (0, 4):
            whisper = open_whisper(self.folder / "start", CPU)
            # The same sounds, called otherwise.
            own, general = [replace(clip, text="dcb") for clip in self.clips[4:8]], self.clips[8:12]
            if rank:
                with_adapters(whisper, rank)
            kept = transcript_loss(whisper, self.recipe("kept"), general)
            said = transcript_loss(whisper, self.recipe("kept"))
            whisper.model.eval()
            # Nothing was learnt yet, so nothing was forgotten; of a mixed batch one's own half is left.
            self.assertAlmostEqual(float(kept(general, random.Random(1)).detach()), 0, places=5)
            halves = float(said(own, random.Random(1)).detach()) / 2
            self.assertAlmostEqual(float(kept([own[0], *general, *own[1:]], random.Random(1)).detach()), halves, places=4)

            def drift(given: Whisper) -> float:
                return float(kept(general, random.Random(1)).detach())

            recipe = self.recipe(f"forgets{rank}", rank=rank, rate=3e-3, epochs=8)
            train(whisper, recipe, Data(own, own, [], []), said)
            whisper.model.eval()
            forgotten = drift(whisper)
            self.assertGreater(forgotten, 0.01)
            train(whisper, self.recipe(f"keeps{rank}", rank=rank, rate=1e-3, epochs=12), Data(general, general, [], []), kept, lambda: drift(whisper))
            whisper.model.eval()
            self.assertLess(drift(whisper), 0.5 * forgotten)

    def test_the_encoder_can_be_left_as_it_is(self) -> None:
        paths = [clip.path for clip in self.clips[:4]]
        before = self.whisper.hear(paths, "short")
        self.whisper.heard = {}
        self.whisper.model.model.encoder.requires_grad_(False)
        with_adapters(self.whisper, 4, decoder_only=True)
        learnt = [name for name, value in self.whisper.model.named_parameters() if value.requires_grad]
        self.assertTrue(learnt and all(name.startswith("model.decoder.") for name in learnt), learnt)
        recipe = self.recipe("decoder", rank=4, rate=1e-2, epochs=4)
        losses = train(self.whisper, recipe, self.data(), transcript_loss(self.whisper, recipe, self.clips[8:10]))
        self.assertLess(losses[-1], losses[0])
        torch.testing.assert_close(self.whisper.hear(paths, "short"), before, atol=1e-2, rtol=1e-2)
        self.whisper.heard = None
        torch.testing.assert_close(self.whisper.hear(paths, "short"), before)

    def test_the_short_context_comes_nearer_to_the_full_one(self) -> None:
        self.whisper.model.model.decoder.requires_grad_(False)
        self.whisper.model.proj_out.requires_grad_(False)
        recipe = self.recipe("context", rate=1e-3, epochs=3)
        loss = context_loss(self.whisper, recipe)
        with torch.no_grad():
            before = float(loss(self.clips[:4], random.Random(1)))
        losses = train(self.whisper, recipe, self.data(), loss, lambda: float(loss(self.clips[:4], random.Random(1)).detach()))
        self.assertLess(min(losses), before)
        self.assertFalse(math.isnan(losses[-1]))


if __name__ == "__main__":
    unittest.main()
