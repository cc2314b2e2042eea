from hypothesis import given
from hypothesis import strategies as st

from granola_like.text.tokens import is_stop_word, sentences, stem, stems, words


def test_words_are_case_folded_and_without_punctuation():
    assert words("Don’t panic, it's 10:30 – OK?") == ("don't", "panic", "it's", "10", "30", "ok")


def test_words_of_russian():
    assert words("Бюджет — сто тысяч.") == ("бюджет", "сто", "тысяч")


def test_one_stem_for_the_forms_of_a_word():
    assert stem("remotes") == stem("remote")
    assert stem("бюджета", language="ru") == stem("бюджет", language="ru")


def test_one_stem_for_both_spellings():
    assert stem("colours") == stem("colors")
    assert stem("behaviour") == stem("behavior")
    assert stem("hours") != stem("hors")


def test_a_possessive_is_its_noun():
    assert stems("the expert’s remote") == stems("expert remote")


def test_stems_leave_stop_words_out():
    assert stems("Yeah, so what about the remotes?") == ("remot",)
    assert stems("Ну, а что с бюджетом?", language="ru") == ("бюджет",)


def test_numerals_are_no_stop_words():
    for word, language in (("two", "en"), ("один", "ru"), ("три", "ru"), ("7", "en")):
        assert not is_stop_word(word, language=language)


def test_a_language_without_a_stemmer_keeps_its_words():
    assert stems("会議 予算", language="ja") == ("会議", "予算")


def test_words_with_digits_keep_their_form():
    assert stem("q3s") == "q3s"


def test_sentences():
    assert sentences("We agreed. It costs 3.5 million! Really?  Yes.") == (
        "We agreed.",
        "It costs 3.5 million!",
        "Really?",
        "Yes.",
    )


def test_an_abbreviation_ends_no_sentence():
    assert sentences("Dr. Smith said no. We stop.") == ("Dr. Smith said no.", "We stop.")
    assert sentences(
        "Это 5 тыс. Рублей. Всё.",
    ) == ("Это 5 тыс. Рублей.", "Всё.")


def test_no_text_has_no_sentence():
    assert sentences("") == sentences("  \n ") == ()


@given(st.text())
def test_sentences_lose_no_word(text: str):
    assert words(" ".join(sentences(text))) == words(text)


@given(st.text(), st.sampled_from(["en", "ru", "de", "xx"]))
def test_stems_never_fail_and_carry_no_space(text: str, language: str):
    assert all(one and not one.isspace() for one in stems(text, language=language))
