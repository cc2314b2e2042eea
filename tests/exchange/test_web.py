from datetime import UTC, date, datetime
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from granola_like.domain.bundle import Bundle
from granola_like.domain.enhanced import Block, EnhancedNote, Evidence
from granola_like.domain.meeting import Meeting
from granola_like.domain.note import NoteLine
from granola_like.domain.transcript import Transcript, Utterance
from granola_like.exchange.web import to_html

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
SAID = Transcript(utterances=(Utterance(id="u1", start_ms=14_000, end_ms=15_000, text="yes"),))


class Words(HTMLParser):
    """Collects what a reader would see, and the tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self._is_style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.tags.add(tag)
        self._is_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._is_style = self._is_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_style:
            self.words.append(data.strip())


def bundle(*blocks: Block, title: str = "Acme") -> Bundle:
    note = EnhancedNote(template="general", engine="extractive", created_at=NOW, blocks=blocks)
    about = Meeting(id="m", title=title, started_at=NOW)
    return Bundle(meeting=about, transcript=SAID, enhanced=note)


def test_a_note_is_readable_in_a_browser() -> None:
    page = to_html(
        bundle(
            Block(id="b0", kind="note", text="offer?", note="n1"),
            Block(
                id="b1",
                kind="action",
                text="send the offer",
                owner="Anna",
                due=date(2026, 3, 6),
                note="n1",
                indent=1,
                evidence=(Evidence("u1"),),
                finding="changed",
            ),
        ),
        done={"b1"},
    )
    seen = " ".join(Words(page).words)
    assert "offer? ☑ Anna — send the offer (2026-03-06) ▸ 0:14 ⚠ to check" in seen


def test_without_a_note_the_typed_lines_are_there() -> None:
    about = Meeting(id="m", title="Acme", started_at=NOW)
    page = to_html(Bundle(meeting=about, notes=(NoteLine(id="n", text="120k"),)))
    assert "120k" in Words(page).words


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_was_said_is_text_and_no_markup(title: str, text: str) -> None:
    line = Block(id="b", kind="point", text=text, owner=text, evidence=())
    found = Words(to_html(bundle(line, title=title)))
    assert found.tags <= {"html", "meta", "title", "style", "h1", "p"}
