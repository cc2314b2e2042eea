"""Templates are files that people can write; a mistake in one is named with its line."""

from pathlib import Path

import pytest

from granola_like.enhance.templates import (
    TemplateError,
    all_templates,
    shipped_templates,
    suggest,
    template_named,
    templates_in,
)

GOOD = """\
title = { en = "Retro", ru = "Ретро" }
focus = "Keep what to do otherwise."

[suggest]
title = ["retro"]

[[section]]
id = "notes"
heading = { en = "Notes" }
holds = "notes"

[[section]]
id = "risks"
heading = "Risks"
holds = "said"
cues = ["risk"]
most = 3
"""


def test_the_shipped_templates_can_be_read_and_speak_russian() -> None:
    shipped = shipped_templates()
    assert shipped[0].id == "general"
    assert {one.id for one in shipped} == {
        "general", "one-to-one", "stand-up", "sales-call", "customer-interview",
        "hiring-interview", "investor-update", "board", "project-kick-off", "incident-review",
        "lecture", "brainstorm",
    }  # fmt: skip
    assert all("ru" in section.headings for one in shipped for section in one.sections)
    assert all(one.focus for one in shipped if one.id != "general")


def test_own_templates_come_from_a_folder_and_replace_ours(tmp_path: Path) -> None:
    (tmp_path / "retro.toml").write_text(GOOD, "utf-8")
    (tmp_path / "board.toml").write_text(GOOD, "utf-8")
    (own, _) = templates_in(tmp_path)[::-1]
    assert (own.id, own.title("ru"), own.title("de")) == ("retro", "Ретро", "Retro")
    assert own.sections[1].heading("ru") == "Risks"
    assert own.focus == "Keep what to do otherwise."
    assert template_named("board", all_templates(tmp_path)).title("en") == "Retro"
    assert len(all_templates(tmp_path)) == len(shipped_templates()) + 1
    assert templates_in(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "about"),
    [
        ('holds = "said"', 'holds = "sad"', 15, "holds must be one of"),
        ("most = 3", "most = 0", 17, "most must be"),
        ("most = 3", "mots = 3", 17, "“mots” is not known"),
        ('id = "risks"', 'id = "notes"', 13, "two sections"),
        ('cues = ["risk"]', "cues = [1]", 16, "cues must be a list"),
        ('holds = "notes"', 'holds = "actions"', 7, "exactly one section"),
        ('title = ["retro"]', 'titel = ["retro"]', 5, "“titel” is not known"),
        ('{ en = "Retro", ru = "Ретро" }', '{ ru = "Ретро" }', 1, "title must be"),
        ('heading = "Risks"', "", 12, "heading must be"),
        ('"Keep what to do otherwise."', "7", 2, "focus must be"),
        ("Keep what", "Keep " + "w" * 600, 2, "at most 600 characters"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, about: str
) -> None:
    (tmp_path / "retro.toml").write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(TemplateError, match=rf"retro\.toml, line {line}: .*{about}"):
        templates_in(tmp_path)


def test_broken_toml_and_broken_text_are_sentences(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("title = \n", "utf-8")
    with pytest.raises(TemplateError, match=r"a\.toml is not valid TOML: .*line 1"):
        templates_in(tmp_path)
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TemplateError, match="could not be read"):
        templates_in(tmp_path)


def test_an_unknown_template_lists_those_there_are() -> None:
    with pytest.raises(TemplateError) as raised:
        template_named("nope", shipped_templates())
    assert "stand-up" in raised.value.hint


@pytest.mark.parametrize(
    ("title", "said", "expected"),
    [
        ("Weekly stand-up", "", "stand-up"),
        ("1:1 Anna", "", "one-to-one"),
        ("Call with Acme", "the price, a discount, the contract and their budget", "sales-call"),
        ("Quick chat", "hello", "general"),
        ("Ideal customers", "", "general"),
        ("Q2 deal: Acme", "", "sales-call"),
    ],
)
def test_a_template_is_suggested_by_title_or_words(title: str, said: str, expected: str) -> None:
    assert suggest(title, said, shipped_templates()).id == expected
