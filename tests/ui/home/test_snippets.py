from hypothesis import given
from hypothesis import strategies as st

from granola_like_ui.home.snippets import Piece, fitted, pieces

texts = st.text(st.characters(exclude_characters="«»", exclude_categories=("Cs",)), max_size=30)


@given(st.lists(st.tuples(texts, texts.filter(bool)), max_size=5), texts)
def test_no_word_is_lost_and_each_is_marked_as_it_was(
    parts: list[tuple[str, str]], tail: str
) -> None:
    marked = "".join(f"{plain}«{found}»" for plain, found in parts) + tail
    made = pieces(marked)
    assert "".join(piece.text for piece in made) == marked.replace("«", "").replace("»", "")
    assert [piece.text for piece in made if piece.is_found] == [found for _, found in parts]


def test_the_first_found_word_is_brought_into_sight() -> None:
    long = [Piece("one two three four five six seven eight "), Piece("nine", is_found=True)]
    cut = fitted(long, 20, lambda piece: len(piece.text))
    assert cut[0].text.startswith("…")
    assert cut[0].text.endswith("eight ")
    assert len(cut[0].text) <= 20 * 0.35 + 1
    assert cut[1] == long[1]


def test_what_fits_is_left_alone() -> None:
    short = [Piece("so the "), Piece("price", is_found=True)]
    assert fitted(short, 100, lambda piece: len(piece.text)) == short
