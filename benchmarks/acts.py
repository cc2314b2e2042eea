"""How well questions are seen where the speech engine wrote no question mark.

    python -m benchmarks.acts [--part val]

The sentences of real meetings, people's own question marks taken away. A sentence is right when it
is called a question and people had marked it as one. Beside it, in the same run, the obvious
alternative: a sentence asks when its first word is a question word or an auxiliary. Neither can
reach 1: some questions are statements but for the voice ("we need more people?"), and people left
the mark out of many sentences that ask (36 of 45 of our false alarms on `train`, read one by one).
"""

import argparse
import re
from collections.abc import Callable

from benchmarks.material import terse_notes
from granola_like.enhance.asking import asks_directly
from granola_like.enhance.fluency import clean_speech

FIRST_WORD = re.compile(
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|am|do|does|did|can|could|"
    r"will|would|shall|should|may|might|has|have|had)\b",
    re.IGNORECASE,
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Score the seeing of questions without marks.")
    parser.add_argument("--part", default="val", choices=["train", "val"])
    said: list[tuple[str, str, bool]] = []
    for case in terse_notes(parser.parse_args().part):
        for one in case.bundle.transcript:
            text = one.text.strip()
            asks = text.endswith("?")
            clean = clean_speech(text.rstrip("? ") + "." if asks else text)
            if len(clean.split()) >= 3:
                said.append((case.domain, clean, asks))
    ways: dict[str, Callable[[str], bool]] = {
        "by its words": asks_directly,
        "by its first word": lambda text: bool(FIRST_WORD.match(text)),
    }
    print(f"{len(said)} sentences, {sum(asks for *_, asks in said)} questions\n")
    print(f"{'':20}{'domain':18}{'precision':>10}{'recall':>10}{'F1':>10}")
    domains = sorted({domain for domain, *_ in said})
    for name, way in ways.items():
        seen = [way(clean) for _, clean, _ in said]
        for domain in [*domains, "all"]:
            pairs = [
                (asks, found)
                for (where, _, asks), found in zip(said, seen, strict=True)
                if domain in {where, "all"}
            ]
            both = sum(asks and found for asks, found in pairs)
            precision = both / max(1, sum(found for _, found in pairs))
            recall = both / max(1, sum(asks for asks, _ in pairs))
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            print(f"{name:20}{domain:18}{precision:10.3f}{recall:10.3f}{f1:10.3f}")


if __name__ == "__main__":
    main()
