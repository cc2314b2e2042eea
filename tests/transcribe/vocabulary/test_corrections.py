"""Misheard names are put right; ordinary words and numbers stay, whatever they look like."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.correction import Correction
from granola_like.domain.meeting import Person
from granola_like.domain.transcript import Transcript, Utterance, Word
from granola_like.domain.transcript_edits import Reword, TranscriptEdit
from granola_like.text.quantities import find_quantities
from granola_like.transcribe.vocabulary import (
    Lesson,
    Vocabulary,
    corrected,
    learn,
    lesson,
    may_be_learned,
    vocabulary_of,
)

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)

PEOPLE = (
    "Anna Kravchenko", "Boris Petrov", "Siobhan O'Leary", "Thanh Nguyen", "Martha Schmidt",
    "Rajesh Venkataraman", "Katarzyna Wiśniewska", "José Álvarez", "Mehmet Yılmaz",
    "Oluwaseun Adeyemi", "Giulia Bianchi", "Claire Dubois", "Hiroshi Tanaka", "Liam Murphy",
    "Emma Johansson", "Priya Raghunathan", "Tomasz Zielinski", "Yuki Watanabe", "Fatima Al-Sayed",
)  # fmt: skip
TERMS = (
    "Kubernetes", "Grafana", "Snowflake", "Jira", "PostgreSQL", "Terraform", "Salesforce",
    "HubSpot", "Databricks", "Figma", "Acme", "Globex", "Zendesk", "Datadog", "Okta", "Kafka",
    "Redis", "Ansible", "Jenkins", "GitLab", "Airtable", "Confluence",
)  # fmt: skip
ALL = vocabulary_of([Person(name) for name in PEOPLE], glossary=TERMS)


def transcript(*texts: str, language: str = "en") -> Transcript:
    return Transcript(
        utterances=tuple(
            Utterance(id=f"u{n}", start_ms=n, end_ms=n + 1, text=text)
            for n, text in enumerate(texts)
        ),
        language=language,
    )


def put_right(text: str, vocabulary: Vocabulary = ALL, language: str = "en") -> str:
    return corrected(transcript(text, language=language), vocabulary).utterances[0].text


def learned(*pairs: tuple[str, str]) -> Vocabulary:
    known: tuple[Correction, ...] = ()
    for wrong, right in pairs:
        known = learn(known, Lesson(wrong, right), made_at=NOON)
    return Vocabulary(corrections=known)


@pytest.mark.parametrize(
    ("heard", "right"),
    [
        ("I spoke to Kraf Chenko, and Kravchenco's team agreed.",
         "I spoke to Kravchenko, and Kravchenko's team agreed."),
        ("We run Cubernetes with Graphana.", "We run Kubernetes with Grafana."),
        ("Ask Ragu Nathan or Shmidt!", "Ask Raghunathan or Schmidt!"),
        ("It is in Hubspot and Git Lab.", "It is in HubSpot and GitLab."),
        ("Adayemi met Alvares.", "Adeyemi met Álvarez."),
    ],
)  # fmt: skip
def test_a_strange_word_like_a_name_becomes_that_name(heard: str, right: str) -> None:
    assert put_right(heard) == right


@pytest.mark.parametrize(
    "text",
    [
        "EMA and JRA agreed with the sales force on an air table.",
        "Petrova, Bianchis and Murphys are others.",
        "Sigma and Octave sent five emails to Julia, to Marta and to Peter.",
        "The Kravchenkos have 4 notebooks, 1Password and 92% of it.",
        "It is Kravchenco2, Kraf 4 Chenko, Kubernetis9 and Postgre 5QL.",
        "anything goes as mark said, and the figs are ready",
        "",
    ],
)
def test_what_is_a_word_or_another_name_stays(text: str) -> None:
    assert put_right(text) == text


def test_one_of_two_names_that_it_could_be_is_not_guessed() -> None:
    two = vocabulary_of([Person("Petrovna"), Person("Petrovka")])
    assert put_right("We met Petrovva today.", two) == "We met Petrovva today."


def test_russian_names_sound_alike_and_keep_their_endings() -> None:
    people = vocabulary_of([Person("Кравченко"), Person("Борис"), Person("Петров")])
    assert put_right("Мы говорили с Крафченко вчера", people, "ru") == (
        "Мы говорили с Кравченко вчера"
    )
    assert put_right("Скажет Питроф завтра", people, "ru") == "Скажет Питроф завтра"
    assert put_right("Скажет Бетров завтра", people, "ru") == "Скажет Петров завтра"
    for right in ("Отправим Борису завтра", "Спросим Петрова и Петрову", "у Кравченки"):
        assert put_right(right, people, "ru") == right


def test_without_a_list_of_words_only_what_was_learned_is_put_right() -> None:
    assert put_right("Kravchenco kertoi", ALL, "fi") == "Kravchenco kertoi"
    assert put_right("Kravchenco kertoi", learned(("kravchenco", "Kravchenko")), "fi") == (
        "Kravchenko kertoi"
    )


def test_a_corrected_word_keeps_what_was_heard_and_when() -> None:
    words = tuple(
        Word(text, n * 100, n * 100 + 100, 0.4)
        for n, text in enumerate("Ask Kraf Chenko, please".split())
    )
    said = Utterance(id="u1", start_ms=0, end_ms=400, text="Ask Kraf Chenko, please", words=words)
    (found,) = corrected(Transcript(utterances=(said,)), ALL)
    assert found.text == "Ask Kravchenko, please"
    assert found.words == (
        words[0], Word("Kravchenko,", 100, 300, 1.0, "Kraf Chenko,"), words[3],
    )  # fmt: skip


def test_what_was_learned_is_put_right_everywhere_and_the_longest_first() -> None:
    known = learned(("pet rover", "Petrova"), ("rover", "Rover One"), ("Marta", "Martha"))
    assert put_right("A pet rover, a Rover. PET ROVER", known) == "A Petrova, a Rover One. Petrova"
    assert put_right("Marta and marta", known) == "Martha and marta"


def test_what_is_switched_off_changes_nothing() -> None:
    (one,) = learned(("akmee", "Acme")).corrections
    off = Correction(wrong=one.wrong, right=one.right, made_at=NOON, is_on=False)
    assert put_right("akmee", Vocabulary(corrections=(off,))) == "akmee"
    assert vocabulary_of((), corrections=[off]).corrections == ()


def test_a_name_learned_anew_replaces_what_was_learned_before() -> None:
    known = learned(("akmee", "Akme"), ("Akme", "ACME"))
    assert put_right("akmee and Akme", known) == "ACME and ACME"
    back = learned(("Akme", "ACME"), ("ACME", "Akme"))
    assert put_right("ACME", back) == "Akme"


@given(
    st.lists(
        st.sampled_from("ask Kraf Chenko, Petrof 92% 120k ninety $75,000 EMA air table".split()),
        max_size=8,
    ).map(" ".join)
)
def test_no_number_is_ever_touched_and_twice_is_once(text: str) -> None:
    once = put_right(text)
    assert [q.text for q in find_quantities(once)] == [q.text for q in find_quantities(text)]
    assert put_right(once) == once


def test_hints_are_the_likeliest_first_and_never_a_mishearing() -> None:
    known = vocabulary_of(
        [Person("Anna  Kravchenko"), Person("Boris")],
        glossary=("Globex", "Kraf Chenko", "anna kravchenko"),
        corrections=learned(("Kraf Chenko", "Kravchenko"), ("akmee", "ACME")).corrections,
        setting=("globex", "Kubernetes"),
    )
    assert known.hints == ("Anna Kravchenko", "Boris", "Globex", "Kravchenko", "ACME", "Kubernetes")


@pytest.mark.parametrize(
    ("before", "after", "taught"),
    [
        ("We met Kraf Chenko.", "We met Kravchenko.", Lesson("Kraf Chenko", "Kravchenko")),
        ("Marta's plan", "Martha's plan", Lesson("Marta", "Martha")),
        ("It costs fifteen.", "It costs fifty.", None),
        ("On the 4th floor", "On the 5th floor", None),
        ("It is so", "It is not so", None),
        ("a b", "c b and d", None),
        ("all of it was quite wrong here", "nothing at all of that kind is right", None),
    ],
)
def test_a_fix_of_one_name_is_a_lesson(before: str, after: str, taught: Lesson | None) -> None:
    on = Utterance(id="u1", start_ms=0, end_ms=1, text=before)
    assert lesson(TranscriptEdit(id="e", made_at=NOON, change=Reword(after), on=on)) == taught


@pytest.mark.parametrize(
    ("wrong", "right", "may"),
    [
        ("Kraf Chenko", "Kravchenko", True),
        ("cubernetes", "Kubernetes", True),
        ("Marta", "Martha", True),
        ("their", "there", False),
        ("Their", "There", False),
        ("budget", "Budgie", False),
        ("Sure", "Shaw", False),
        ("nineteen", "Ninety", False),
        ("pet rover", "Petrova", True),
        ("kind of", "sort", False),
        ("in the", "Berlin", False),
        ("air table", "Airtable", False),
        ("Kraf Chenko", "she", False),
    ],
)
def test_ordinary_words_and_numbers_are_not_learned(wrong: str, right: str, may: bool) -> None:
    assert may_be_learned(wrong, right) is may


@pytest.mark.parametrize(
    ("wrong", "right", "language", "may"),
    [
        ("Крафченко", "Кравченко", "ru", True),
        ("говорили", "сказали", "ru", False),
        ("Потом", "Затем", "ru", False),
        ("auch", "noch", "de", False),
        ("Kravtschenko", "Kravchenko", "de", True),
        ("puhui", "Puhui", "fi", False),
    ],
)
def test_what_is_ordinary_is_so_in_its_language(
    wrong: str, right: str, language: str, may: bool
) -> None:
    assert may_be_learned(wrong, right, language=language) is may


def test_several_ordinary_words_are_learned_when_the_person_asks() -> None:
    assert may_be_learned("air table", "Airtable", sure=True)
    assert not may_be_learned("their", "there", sure=True)
    assert not may_be_learned("fifteen seats", "fifty seats", sure=True)


def test_hardly_an_ordinary_word_is_taken_for_a_name(material: Path) -> None:
    """Nobody in these meetings has one of the names, so every correction is a wrong one."""
    words = wrong = 0
    with gzip.open(material / "terse_notes" / "val.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 3:
                continue
            texts = [said["text"] for said in json.loads(line)["utterances"]]
            words += sum(len(text.split()) for text in texts)
            found = corrected(transcript(*texts), ALL)
            wrong += sum(one.text != text for one, text in zip(found, texts, strict=True))
    assert words > 50_000
    assert wrong <= words / 50_000
