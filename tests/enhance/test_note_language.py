"""A note in another language than the speech says so, and is judged by it ever after."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Aligned, EnhancedNote
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.note import NoteLine
from granola_like.domain.style import StyleRule
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.engines.fake import FakeLanguageModel
from granola_like.enhance.extract import ExtractiveWriter
from granola_like.enhance.job import enhance, guard_note
from granola_like.enhance.model_writer import ModelWriter
from granola_like.enhance.style import instructions, styled
from granola_like.enhance.templates import shipped_templates, template_named
from granola_like.enhance.writer import Writer
from granola_like.jobs import run
from granola_like.library import Library

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SAID = (
    Utterance(id="u1", speaker="Ana", start_ms=0, end_ms=5_000,
              text="The budget for the pilot does not grow, it stays at 120,000 dollars."),
    Utterance(id="u2", speaker="Boris", start_ms=6_000, end_ms=9_000,
              text="Okay, we decided to launch the pilot on the fifteenth of March."),
)  # fmt: skip
CALL = Bundle(
    meeting=Meeting(id="m", title="Pilot", started_at=NOW, duration_ms=60_000,
                    people=(Person("Ana"), Person("Boris"))),
    transcript=Transcript(utterances=SAID),
    notes=(NoteLine(id="n1", text="budget", typed_at_ms=7_000),),
)  # fmt: skip
RULES = (StyleRule(template="sales-call", kind="length", choice="short", words=9),)
GENERAL = shipped_templates()[0]


def answer(text: str) -> str:
    point = {"cites": [1], "kind": "point", "text": text, "owner": None, "due": None}
    return json.dumps({"points": [point]}, ensure_ascii=False)


def written(writer: Writer, language: str | None) -> EnhancedNote:
    return run(
        enhance(
            CALL,
            writer=writer,
            alignment={"n1": (Aligned("u1", 0.9),)},
            template=GENERAL,
            now=NOW,
            note_language=language,
        )
    )


def russian(text: str) -> EnhancedNote:
    return written(ModelWriter(FakeLanguageModel(answers=[answer(text)] * 2)), "ru")


def findings(note: EnhancedNote) -> dict[str, str | None]:
    return {one.text: one.finding for one in guard_note(replace(CALL, enhanced=note))}


def test_a_translated_note_is_judged_by_its_facts_when_it_is_read_again() -> None:
    good = "Бюджет пилота остаётся 120 000 долларов."
    note = russian(good)
    assert note.language == "ru"
    assert findings(note)[good] == "supported"
    # Taken for English, its amount in words would be no amount that was said.
    wrong = replace(note, language=None)
    words = "Бюджет пилота остаётся сто двадцать тысяч долларов."
    spelled = replace(
        note, blocks=tuple(replace(b, text=words) if b.text == good else b for b in note.blocks)
    )
    assert findings(spelled)[words] == "supported"
    other = words.replace("двадцать", "тридцать")
    changed = replace(
        note, blocks=tuple(replace(b, text=other) if b.text == good else b for b in note.blocks)
    )
    assert findings(changed)[other] == "changed"
    assert findings(replace(changed, language=wrong.language))[other] != "changed"


def test_what_was_found_without_the_model_stays_in_the_spoken_language() -> None:
    note = russian("Бюджет пилота остаётся 120 000 долларов.")
    decision = next(one for one in note.blocks if one.kind == "decision")
    assert decision.note is None
    assert note.language_of(decision, spoken="en") == "en"
    turned = replace(decision, text=decision.text.replace("decided", "never decided"))
    blocks = tuple(turned if one is decision else one for one in note.blocks)
    assert findings(replace(note, blocks=blocks))[turned.text] == "changed"


def test_the_extractive_writer_s_note_is_in_the_spoken_language() -> None:
    note = written(ExtractiveWriter(), None)
    assert note.language == "en"
    asked = written(ExtractiveWriter(), "ru")
    point = next(one for one in asked.blocks if one.kind == "point")
    assert asked.language_of(point, spoken="en") == "en"


def test_the_library_keeps_the_language() -> None:
    with Library(None) as library:
        note = written(ExtractiveWriter(), "ru")
        library.save(replace(CALL, enhanced=replace(note, language="ru")))
        found = library.load("m").enhanced
    assert found is not None
    assert found.language == "ru"


def test_rules_of_style_read_a_translated_line_in_its_language() -> None:
    text = "Мы оставляем бюджет 120 000 долларов"
    rule = StyleRule(template="general", kind="subject", choice="without")
    note = styled(russian(text), CALL, (rule,))
    assert "Оставляем бюджет 120 000 долларов" in {one.text for one in note.blocks}


def test_style_and_focus_reach_the_model() -> None:
    model = FakeLanguageModel(answers=[answer("The budget stays at 120,000 dollars.")])
    sales = template_named("sales-call", shipped_templates())
    run(
        enhance(
            CALL,
            writer=ModelWriter(model),
            alignment={"n1": (Aligned("u1", 0.9),)},
            template=sales,
            now=NOW,
            style=instructions(RULES),
        )
    )
    system = model.asked[0].system
    assert system.count("Write at most 9 words a point.") == 1
    assert sales.focus
    assert sales.focus in system
