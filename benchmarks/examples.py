"""Write five enhanced notes of real meetings, and a Russian one, into docs/examples.

    python -m benchmarks.examples

The lines are those of `terse_notes/val` (typed as somebody might have), each once; the evidence is
what our aligner finds, the writer the extractive one. Nothing is corrected by hand.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.material import Case, terse_notes
from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Block, EnhancedNote
from granola_like.domain.transcript import Utterance
from granola_like.enhance.align import align
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.job import enhance
from granola_like.enhance.templates import shipped_templates
from granola_like.exchange.bundle import read_bundle
from granola_like.jobs import run

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "examples"
CHOSEN = ("ES2006b", "ES2009b", "TS3010b", "covid_6", "education_10")
ATTRIBUTION = """\
The transcript is from {corpus},
the typed lines and their times from QMSum (MIT, Zhong et al., NAACL 2021) and ExplainMeetSum
(MIT, Kim et al., ACL 2023). The note below is made by `python -m benchmarks.examples` and not
corrected by hand.
"""
OWN = "planerka"
OWN_ORIGIN = """\
A Russian meeting written by hand, as people speak (`planerka.meeting.json`). The note below is made
by `python -m benchmarks.examples` and not corrected by hand.
"""
CORPORA = {
    "Product(ami)": "the AMI Meeting Corpus (CC BY 4.0, https://groups.inf.ed.ac.uk/ami/corpus/)",
    "Academic(icsi)": "the ICSI Meeting Corpus (CC BY 4.0, https://groups.inf.ed.ac.uk/ami/icsi/)",
    "Committee": "the public record of a parliament's committee",
}
SIGNS = {"decision": "**Decided:** ", "action": "**To do:** ", "question": "**Open:** "}


def with_each_line_once(bundle: Bundle) -> Bundle:
    """Leave out lines that were typed for several questions at once."""
    kept = {line.text: line for line in reversed(bundle.notes)}
    return replace(bundle, notes=tuple(line for line in bundle.notes if kept[line.text] is line))


def written(case: Case) -> tuple[Bundle, EnhancedNote]:
    """Enhance one meeting."""
    bundle = with_each_line_once(case.bundle)
    return bundle, enhanced(bundle)


def enhanced(bundle: Bundle) -> EnhancedNote:
    """Write a meeting's note without a model."""
    job = enhance(
        bundle,
        writer=ExtractiveWriter(),
        alignment=align(bundle),
        template=shipped_templates()[0],
        now=datetime(2026, 3, 3, tzinfo=UTC),
    )
    return run(job)


def markdown(bundle: Bundle, note: EnhancedNote, origin: str) -> str:
    """Show a note with its sources."""
    said = bundle.transcript.by_id()
    lines = [f"# {bundle.meeting.title}", "", origin]
    lines.append("Bold lines were typed; the others are written from what was said.")
    for block in note.blocks:
        if block.kind == "heading":
            lines += ["", f"## {block.text}", ""]
        elif block.kind == "note":
            lines.append(f"- **{block.text}**")
        else:
            lines.append(_written_line(block, said))
    return "\n".join(lines) + "\n"


def _written_line(block: Block, said: dict[str, Utterance]) -> str:
    times = ", ".join(_clock(said[one.utterance].start_ms) for one in block.evidence)
    facts = [one for one in (block.owner, block.due and block.due.isoformat()) if one]
    known = f" ({', '.join(facts)})" if facts else ""
    mark = "" if block.finding == "supported" else f" ⚠ {block.finding}"
    indent = "  " if block.note else ""
    return f"{indent}- {SIGNS.get(block.kind, '')}{block.text}{known} `{times}`{mark}"


def _clock(milliseconds: int) -> str:
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for case in terse_notes("val"):
        if case.bundle.meeting.id in CHOSEN:
            bundle, note = written(case)
            file = FOLDER / f"{case.bundle.meeting.id}.md"
            corpus = CORPORA.get(case.domain, "a public meeting")
            origin = ATTRIBUTION.format(corpus=corpus)
            file.write_text(markdown(bundle, note, origin), "utf-8")
            print(file.relative_to(FOLDER.parents[1]), len(note.blocks), "blocks")
    bundle = read_bundle(FOLDER / f"{OWN}.meeting.json")
    file = FOLDER / f"{OWN}.md"
    file.write_text(markdown(bundle, enhanced(bundle), OWN_ORIGIN), "utf-8")


if __name__ == "__main__":
    main()
