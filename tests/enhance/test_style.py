"""Repeated edits become rules; rules change how a note is written, never what it says."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granola_like.domain.bundle import Bundle
from granola_like.domain.edit_records import rule_from, rule_record
from granola_like.domain.edits import Drop, Edit, Reword
from granola_like.domain.enhanced import Block, BlockKind, EnhancedNote, Evidence
from granola_like.domain.meeting import Meeting, Person
from granola_like.domain.style import CHOICES, RuleKind, StyleRule
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.enhance.guard import check
from granola_like.enhance.job import guard_note
from granola_like.enhance.source import source_of
from granola_like.enhance.style import ENOUGH, instructions, learn, styled
from granola_like.enhance.style_rules import ORDER, Line, apply_rule, same_facts, told

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
PEOPLE = ("Boris Petrov", "Anna")


def rule(kind: RuleKind, choice: str, words: int | None = None) -> StyleRule:
    return StyleRule(template="general", kind=kind, choice=choice, words=words)


def line(
    text: str, kind: BlockKind = "point", owner: str | None = None, language: str = "en"
) -> Line:
    return Line(
        text=text,
        kind=kind,
        owner=owner,
        people=PEOPLE,
        language=language,
        meeting_date=date(2026, 3, 3),
    )


@pytest.mark.parametrize(
    ("made", "before", "after"),
    [
        (rule("full stops", "without"), "The budget is €120,000.", "The budget is €120,000"),
        (rule("full stops", "without"), "We meet at 5 p.m.", "We meet at 5 p.m."),
        (rule("full stops", "without"), "It is late. We stop.", "It is late. We stop."),
        (rule("full stops", "with"), "The budget is fixed", "The budget is fixed."),
        (rule("full stops", "with"), "Who pays?", "Who pays?"),
        (rule("capitals", "lower"), "The budget is fixed", "the budget is fixed"),
        (rule("capitals", "lower"), "Berlin is far", "Berlin is far"),
        (rule("capitals", "lower"), "I'll go", "I'll go"),
        (rule("capitals", "upper"), "the budget is fixed", "The budget is fixed"),
        (rule("capitals", "upper"), "iPhone sales", "iPhone sales"),
        (rule("amounts", "short"), "It costs €120,000", "It costs €120k"),
        (rule("amounts", "short"), "It costs €1,500,000", "It costs €1.5m"),
        (rule("amounts", "short"), "It costs €1,234,567", "It costs €1,234,567"),
        (rule("amounts", "long"), "It costs $1.5m", "It costs $1,500,000"),
        (rule("names", "first"), "Boris Petrov pays", "Boris pays"),
        (rule("names", "full"), "Boris pays", "Boris Petrov pays"),
        (rule("names", "full"), "Boris Petrov pays", "Boris Petrov pays"),
        (rule("subject", "without"), "We decided to launch", "Decided to launch"),
        (rule("subject", "without"), "We are late", "We are late"),
        (rule("subject", "without"), "We'll see", "We'll see"),
        (rule("greetings", "without"), "Thank you all for joining today", ""),
        (rule("greetings", "without"), "Thank you Anna for the budget", None),
        (
            rule("length", "short", 6),
            "The manual needs a translation because customers asked for it",
            "The manual needs a translation",
        ),
        (
            rule("length", "short", 4),
            "The launch is fixed, and the budget is €120,000",
            None,
        ),
        (rule("length", "short", 4), "The launch is fixed because Anna said it", None),
        (rule("length", "short", 4), "The launch is fixed, so if legal objects it moves", None),
    ],
)  # fmt: skip
def test_a_rule_changes_how_a_line_is_written(
    made: StyleRule, before: str, after: str | None
) -> None:
    assert apply_rule(made, line(before)) == (before if after is None else after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Boris will send the contract", "Boris Petrov: send the contract"),
        ("Boris Petrov: send the contract", "Boris Petrov: send the contract"),
        ("Send the contract", "Boris Petrov: Send the contract"),
    ],
)
def test_an_owner_is_put_first(before: str, after: str) -> None:
    owned = line(before, kind="action", owner="Boris Petrov")
    assert apply_rule(rule("owners", "first"), owned) == after
    assert apply_rule(rule("owners", "first"), line(before)) == before


RULES = st.sampled_from(
    [
        rule(kind, choice, 5 if kind == "length" else None)
        for kind in CHOICES
        for choice in CHOICES[kind]
    ]
)
SPOKEN = st.sampled_from(
    [
        "We decided that the launch is on the seventeenth of March in Berlin.",
        "The whole budget is €120,000, and Anna does not agree with it.",
        "Boris Petrov will send the contract by Friday because the agency needs it.",
        "Sales went up by 12%, which is more than in 2025.",
        "We can't ship 1,500,000 units, so Anna asks the warehouse in Hamburg.",
        "Thank you everyone for joining.",
        "They will not pay $2.5m unless legal agrees; the rest is fine",
        "will anybody tell Boris?",
    ]
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(SPOKEN, st.sampled_from(["point", "action", "decision"])), max_size=5),
    st.lists(RULES, max_size=6, unique_by=lambda made: made.kind),
)
def test_no_rule_changes_what_the_guard_finds(
    said: list[tuple[str, BlockKind]], rules: list[StyleRule]
) -> None:
    bundle, note = meeting_of(said, miswritten={"€120,000": "€130,000"})
    shown = styled(note, bundle, rules)
    before = {one.id: one for one in guard_note(replace(bundle, enhanced=note))}
    after = {one.id: one for one in guard_note(replace(bundle, enhanced=shown))}
    assert after.keys() <= before.keys()
    for name, block in after.items():
        assert (block.finding, block.details) == (before[name].finding, before[name].details)
        assert (block.owner, block.due, block.evidence) == (
            before[name].owner, before[name].due, before[name].evidence,
        )  # fmt: skip
        assert same_facts(line(block.text), line(before[name].text))
    for name in before.keys() - after.keys():
        assert before[name].text.startswith("Thank you")
    assert styled(shown, bundle, rules) == shown


def meeting_of(
    said: list[tuple[str, BlockKind]], miswritten: dict[str, str] | None = None
) -> tuple[Bundle, EnhancedNote]:
    def written(text: str) -> str:
        for right, wrong in (miswritten or {}).items():
            text = text.replace(right, wrong)
        return text

    utterances = tuple(
        Utterance(
            id=f"u{at}", speaker=PEOPLE[at % 2], start_ms=at * 1000, end_ms=at * 1000, text=text
        )
        for at, (text, _) in enumerate(said)
    )
    bundle = Bundle(
        meeting=Meeting(
            id="m", title="Launch", started_at=NOW, people=tuple(Person(name) for name in PEOPLE)
        ),
        transcript=Transcript(utterances=utterances),
    )
    blocks = tuple(
        judged(
            bundle,
            Block(
                id=f"b{at}",
                kind=kind,
                text=written(text),
                evidence=(Evidence(f"u{at}"),),
                owner=PEOPLE[at % 2] if kind == "action" else None,
            ),
        )
        for at, (text, kind) in enumerate(said)
    )
    note = EnhancedNote(template="general", engine="extractive", created_at=NOW, blocks=blocks)
    return bundle, note


def judged(bundle: Bundle, block: Block) -> Block:
    source = source_of(
        block.evidence, bundle.transcript.by_id(), people=PEOPLE, meeting_date=NOW.date()
    )
    verdict = check(block.text, source, owner=block.owner, due=block.due)
    return replace(block, finding=verdict.finding, details=verdict.details)


def test_a_note_is_shown_in_the_person_s_style() -> None:
    bundle, note = meeting_of(
        [
            ("Boris Petrov will send the contract by Friday.", "action"),
            ("The whole budget is €120,000.", "point"),
            ("Thanks everybody, goodbye.", "point"),
        ]
    )
    rules = [
        rule("full stops", "without"), rule("amounts", "short"), rule("greetings", "without"),
    ]  # fmt: skip
    texts = [block.text for block in styled(note, bundle, rules).blocks]
    assert texts == ["Boris Petrov will send the contract by Friday", "The whole budget is €120k"]
    off = [replace(one, is_on=False) for one in rules]
    assert styled(note, bundle, off) == note
    assert styled(note, bundle, rules, keep=frozenset({"b0", "b1", "b2"})) == note
    others = [replace(one, template="board") for one in rules]
    assert styled(note, bundle, others) == note


def edit(number: int, before: str, after: str | None, owner: str | None = None) -> Edit:
    on = Block(id=f"b{number}", kind="action" if owner else "point", text=before, owner=owner)
    change = Drop() if after is None else Reword(after)
    return Edit(id=f"e{number}", made_at=NOW, change=change, on=on)


HABITS = {
    ("full stops", "without"): ("The budget is fixed.", "The budget is fixed", None),
    ("full stops", "with"): ("The budget is fixed", "The budget is fixed.", None),
    ("capitals", "lower"): ("The budget is fixed", "the budget is fixed", None),
    ("capitals", "upper"): ("the budget is fixed", "The budget is fixed", None),
    ("owners", "first"): ("Boris will send it", "Boris: send it now", "Boris Petrov"),
    ("length", "short"): ("The launch is on a Monday in the spring", "Launch: Monday", None),
    ("amounts", "short"): ("It costs €120,000", "It costs €120k", None),
    ("amounts", "long"): ("It costs €120k", "It costs €120,000", None),
    ("names", "first"): ("Boris Petrov sends it off", "Boris sends it off", "Boris Petrov"),
    ("names", "full"): ("Boris sends it off", "Boris Petrov sends it off", "Boris Petrov"),
    ("subject", "without"): ("We launch it in May", "Launch it in May", None),
    ("greetings", "without"): ("Good morning everybody", None, None),
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_repeated_edit_becomes_a_rule(habit: tuple[RuleKind, str]) -> None:
    before, after, owner = HABITS[habit]
    edits = [edit(number, before, after, owner) for number in range(ENOUGH)]
    found = {(one.kind, one.choice): one for one in learn(edits, template="general")}
    assert habit in found
    assert found[habit].sources == tuple(one.id for one in edits)
    assert not learn(edits[1:], template="general")


def test_every_choice_is_learned_and_told() -> None:
    choices = {(kind, choice) for kind in CHOICES for choice in CHOICES[kind]}
    assert set(HABITS) == choices
    assert set(ORDER) == set(CHOICES)
    sentences = {told(rule(k, c, 9 if k == "length" else None)) for k, c in choices}
    assert len(sentences) == len(choices)
    assert "at most 9 words" in told(rule("length", "short", 9))


def test_edits_that_disagree_make_no_rule() -> None:
    edits = [edit(number, "It is fixed.", "It is fixed") for number in range(4)]
    edits += [edit(number, "It is fixed", "It is fixed.") for number in range(10, 13)]
    assert not learn(edits, template="general")
    (found,) = learn(edits[:5], template="general")
    assert (found.choice, found.against) == ("without", 1)


def test_the_length_is_that_of_most_of_the_person_s_lines() -> None:
    long = "one two three four five six seven eight nine ten eleven twelve"
    edits = [
        edit(at, long, " ".join(long.split()[:count])) for at, count in enumerate((3, 4, 5, 8))
    ]
    (found,) = [one for one in learn(edits, template="general") if one.kind == "length"]
    assert found.words == 5


def test_a_rule_that_was_switched_off_stays_off() -> None:
    edits = [edit(number, "It is fixed.", "It is fixed") for number in range(4)]
    (found,) = learn(edits, template="general")
    off = replace(found, is_on=False, sources=())
    (again,) = learn(edits, template="general", known=[off])
    assert not again.is_on
    assert again.sources == found.sources
    assert instructions([again]) == ()
    assert instructions([found]) == ("Put no full stop at the end of a point.",)
    other = [edit(number, "It is fixed", "It is fixed.") for number in range(4)]
    (turned,) = learn(other, template="general", known=[off])
    assert (turned.choice, turned.is_on) == ("with", True)
    assert learn([], template="general", known=[found]) == (found,)


@given(RULES, st.lists(st.text(max_size=5), max_size=3).map(tuple), st.booleans())
def test_a_rule_is_written_down_and_read_again(
    made: StyleRule, sources: tuple[str, ...], is_on: bool
) -> None:
    whole = replace(made, sources=sources, is_on=is_on, against=2)
    assert rule_from(json.loads(json.dumps(rule_record(whole)))) == whole


def test_a_point_that_the_guard_marked_keeps_the_words_it_was_marked_for() -> None:
    bundle, note = meeting_of(
        [("The whole budget is €120,000.", "point")], miswritten={"€120,000": "€130,000"}
    )
    rules = [rule("amounts", "short"), rule("full stops", "without")]
    (block,) = styled(note, bundle, rules).blocks
    assert block.finding == "changed"
    assert block.text == "The whole budget is €130,000"
