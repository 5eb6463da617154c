"""What people typed, as Slack shows it letter by letter."""

from assistant.channels.slack.cards.text import cut, escaped
from assistant.slack_text import typed


def test_escaping_goes_back() -> None:
    assert typed(escaped("<!channel> & <b>")).words == "<!channel> & <b>"


def test_a_cut_leaves_no_half_entity() -> None:
    for limit in range(2, 12):
        cut_text = cut(escaped("a<b>c&d" * 3), limit)
        assert len(cut_text) <= limit
        assert typed(cut_text.rstrip("…")).words in "a<b>c&d" * 3
