"""LoRA: what is learnt lies beside the weights, until it is merged into them."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from .whisper import Whisper

MATRICES = "(q_proj|k_proj|v_proj|out_proj|fc1|fc2)"


def with_adapters(whisper: Whisper, rank: int, decoder_only: bool = False) -> None:
    """Puts LoRA into all matrices of the layers; the weights themselves stay."""
    from peft import LoraConfig, get_peft_model

    where = rf"model\.decoder\..*{MATRICES}" if decoder_only else rf"model\..*{MATRICES}"
    config = LoraConfig(r=rank, lora_alpha=2 * rank, lora_dropout=0.05, target_modules=where)
    whisper.model = get_peft_model(whisper.model, config).get_base_model()


def merge_adapters(whisper: Whisper) -> None:
    """Adds what LoRA learnt to the weights, and takes LoRA out."""
    for name, module in adapters_in(whisper):
        module.merge()
        parent = whisper.model.get_submodule(name.rpartition(".")[0])
        setattr(parent, name.rpartition(".")[2], module.get_base_layer())
    whisper.model.requires_grad_(True)


def adapters_in(whisper: Whisper) -> list:
    from peft.tuners.lora import LoraLayer

    return [(name, module) for name, module in whisper.model.named_modules() if isinstance(module, LoraLayer)]


class Start:
    """The model as it was before training. With LoRA it is still there, under the adapters; without, it is a copy."""

    def __init__(self, whisper: Whisper) -> None:
        self.trained = whisper
        self.adapters = [module for _, module in adapters_in(whisper)]
        self.copy = None if self.adapters else Whisper(copy.deepcopy(whisper.model).requires_grad_(False), whisper.tokenizer, whisper.extractor, whisper.folder, whisper.device)

    @contextmanager
    def untouched(self) -> Iterator[Whisper]:
        if self.copy is not None:
            yield self.copy
            return
        for adapter in self.adapters:
            adapter.enable_adapters(False)
        try:
            yield self.trained
        finally:
            for adapter in self.adapters:
                adapter.enable_adapters(True)
