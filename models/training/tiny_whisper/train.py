"""Step 4: train for some minutes and save a checkpoint to go on from. See README.md for the order."""

import argparse
import math
import queue
import random
import threading
import time
from pathlib import Path

import torch
from torch.nn import functional

from network import TinyWhisper
from streams import Speech

CTC_SHARE = 0.3
"""Of CTC in the loss, beside the decoder's own."""


def main() -> None:
    """Train until the minutes are over."""
    options = _options()
    torch.set_num_threads(options.threads)
    speech = Speech(options.work)
    network = TinyWhisper(speech.tokenizer.get_vocab_size())
    if options.start:
        network.load_state_dict(torch.load(options.start)["m"])
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0.02
    )
    batches = _feed(speech, options)
    begun, step = time.monotonic(), 0
    while (passed := (time.monotonic() - begun) / 60 / options.minutes) < 1:
        rate = options.last_rate + (options.rate - options.last_rate) * 0.5 * (
            1 + math.cos(math.pi * passed)
        )
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 300)
        loss = _loss(network, *batches.get(), decoder=not options.no_decoder)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(f"{step} {passed:.0%} loss {float(loss):.3f}", flush=True)
        if step % 1000 == 0:
            _save(network, options.out)
    _save(network, options.out)


def _options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--work", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--start", type=Path, help="a checkpoint to go on from")
    asked.add_argument("--seconds", type=float, required=True, help="of one window")
    asked.add_argument("--batch", type=int, required=True)
    asked.add_argument("--minutes", type=float, required=True)
    asked.add_argument("--rate", type=float, default=1e-3)
    asked.add_argument("--last-rate", type=float, default=1e-4)
    asked.add_argument("--grammar", type=float, default=0.0, help="share of the grammar, 0 to 1")
    asked.add_argument("--no-decoder", action="store_true", help="CTC on the encoder alone")
    asked.add_argument("--threads", type=int, default=2)
    return asked.parse_args()


def _feed(speech: Speech, options: argparse.Namespace) -> queue.Queue:
    """Make batches beside the training."""
    made: queue.Queue = queue.Queue(6)
    rng = random.Random(time.time_ns())

    def work() -> None:
        while True:
            made.put(speech.batch(options.batch, options.seconds, rng, options.grammar))

    threading.Thread(target=work, daemon=True).start()
    return made


def _loss(network, mel, tokens, weights, characters, *, decoder: bool):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        memory = network.encode(mel)
        spelled = network.ctc(memory)
        scores = network.decode(tokens[:, :-1], memory) if decoder else None
    ctc = _ctc(spelled, characters)
    if scores is None:
        return ctc
    entropy = functional.cross_entropy(
        scores.float().flatten(0, 1), tokens[:, 1:].flatten(), reduction="none",
        label_smoothing=0.02,
    )
    return (entropy * weights.flatten()).sum() / weights.sum() + CTC_SHARE * ctc


def _ctc(spelled, characters):
    whole = [row for row, targets in enumerate(characters) if targets]
    if not whole:
        return spelled.sum() * 0.0
    targets = [characters[row] for row in whole]
    return functional.ctc_loss(
        functional.log_softmax(spelled[whole].float(), -1).transpose(0, 1),
        torch.tensor([one for target in targets for one in target]),
        torch.full((len(whole),), spelled.shape[1]),
        torch.tensor([len(target) for target in targets]),
        blank=0,
        zero_infinity=True,
    )


def _save(network, path: Path) -> None:
    torch.save({"m": network.state_dict(), "cfg": network.shape}, path)


if __name__ == "__main__":
    main()
