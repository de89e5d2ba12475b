"""Transcripts: cleaned and cut."""

from server.domain.transcripts import LONGEST, Piece, tidy


def test_control_and_invisible_marks_are_out() -> None:
    """What a terminal or a browser would act on does not stand in a transcript; markup is text."""
    made = tidy([Piece(0, 1, " Un\x00\x1b[2J\u202edeux\n\ttrois "), Piece(1, 2, "<script>"), Piece(2, 3, "\u200b")])
    assert made.text == "Un [2J deux trois <script>"
    assert [piece.text for piece in made.pieces] == ["Un [2J deux trois", "<script>"]


def test_it_is_cut_to_its_length() -> None:
    """However much an engine says, twenty thousand characters are kept, and the pieces that they came from."""
    made = tidy([Piece(n, n + 1, "mot " * 1000) for n in range(20)])
    assert len(made.text) <= LONGEST
    assert len(made.text) > LONGEST - 5000
    assert len(made.pieces) == 5


def test_a_piece_never_ends_before_it_begins() -> None:
    """Times that run backwards are straightened; times are kept to a hundredth of a second."""
    (piece,) = tidy([Piece(3.14159, 1.0, "Oui.", "fr")]).pieces
    assert piece.stored() == {"start": 3.14, "end": 3.14, "text": "Oui.", "language": "fr"}


def test_silence_is_an_empty_transcript() -> None:
    """Nothing said is nothing written."""
    assert (tidy([]).text, tidy([]).pieces) == ("", ())
