"""Slack's marks around what people typed, both ways."""

import pytest

from assistant.channels.slack.cards.text import cut, escaped, plain


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("moved 2 cases", "moved 2 cases"),
        ("<@U0BOT> moved 2 cases", "moved 2 cases"),
        ("<@U0BOT>: <@U0BOT|floor>, moved", "moved"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("see <https://x.example|x.example> and <mailto:a@b.example|a@b.example>", "see x.example and a@b.example"),
        ("<tel:5551234>", "5551234"),
        ("told <@U1>", "told @U1"),
    ],
)
def test_what_was_typed(sent: str, typed: str) -> None:
    assert plain(sent) == typed


def test_escaping_goes_back() -> None:
    assert plain(escaped("<!channel> & <b>")) == "<!channel> & <b>"


def test_a_cut_leaves_no_half_entity() -> None:
    for limit in range(2, 12):
        cut_text = cut(escaped("a<b>c&d" * 3), limit)
        assert len(cut_text) <= limit
        assert plain(cut_text.rstrip("…")) in "a<b>c&d" * 3
