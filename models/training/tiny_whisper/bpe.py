"""Step 3: a byte-level BPE of 1,024 tokens, then Whisper's special tokens and 1,501 time stamps."""

import argparse
import json
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

SPECIAL = [
    "<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|translate|>", "<|transcribe|>",
    "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
]
TIMES = [f"<|{step * 0.02:.2f}|>" for step in range(1501)]


def main() -> None:
    """Write `tokenizer.json`."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--work", type=Path, required=True)
    work = asked.parse_args().work
    corpus = json.loads((work / "corpus.json").read_text("utf-8"))
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1024, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=[]
    )
    bpe.train_from_iterator([f" {written}" for written, _ in corpus], trainer)
    bpe.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in SPECIAL + TIMES]
    )
    bpe.save(str(work / "tokenizer.json"))
    print(f"{bpe.get_vocab_size()} tokens")


if __name__ == "__main__":
    main()
