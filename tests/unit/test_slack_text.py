"""Slack's marks around what people typed, and whom it is said to."""

import pytest

from assistant.slack_text import named, typed

PLANT = {"U01MARIA": "Maria Lopez", "U03LINH": "Linh Tran"}.get


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("moved 2 cases", "moved 2 cases"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("*used* _2 bags_ of `CR0930` on *_4474_*", "used 2 bags of CR0930 on 4474"),
        ("*used `2` bags* of “CR0930”, it\u2019s on\u00a04474\u200b", "used 2 bags of CR0930, it's on 4474"),
        ("used ~2~ 3 bags", "used 3 bags"),
        ("~2 cs and ~3 lb", "~2 cs and ~3 lb"),
        ("*~used 2 bags~*", ""),
        ("2*4 cs and 3*5 lb", "2*4 cs and 3*5 lb"),
        ("1. used 1 bag\n2) used 2 cs\n   a. moved 3", "used 1 bag\nused 2 cs\nmoved 3"),
        ("• used 2\n◦ used 3\n- used 4\n* used 5", "used 2\nused 3\nused 4\nused 5"),
        ("-3 cs", "-3 cs"),
        ("```\nused 2 bags\nused 3 cs\n```", "used 2 bags\nused 3 cs"),
        ("[x] used 2 bags\n[ ] move 3 cs\n☐ move 4 cs\n☑ used 5", "used 2 bags\nused 5"),
        ("used 6 bags :+1::skin-tone-3: :bread::100:", "used 6 bags"),
        ("used 6 bags 👍🏽 🧑\u200d🍳 6\ufe0f\u20e3", "used 6 bags"),
        ("used :two: bags at 10:30:15, lot: CR0930: ok", "used bags at 10:30:15, lot: CR0930: ok"),
        ("C1-01 :arrow_right: L2, C1-02 &gt; L2", "C1-01 → L2, C1-02 > L2"),
        ("see <https://x.example|x.example> and <https://y.example>", "see x.example and"),
        ("<https://id.gs1.org/01/09506000134352/10/RM1107>", "https://id.gs1.org/01/09506000134352/10/RM1107"),
        ("in <#C0FLOOR|4474> <!date^1392734382^{date}|at noon>", "in at noon"),
    ],
)
def test_looks_are_seen_through(sent: str, words: str) -> None:
    assert typed(sent, PLANT).words == words


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("&gt; used 2 bags\nis that right?", "is that right?"),
        ("no\n&gt;&gt;&gt; used 2 bags\nused 3 bags", "no"),
    ],
)
def test_what_is_quoted_is_not_said(sent: str, words: str) -> None:
    said = typed(sent)
    assert (said.words, said.quoted) == (words, True)


@pytest.mark.parametrize("sent", [":+1:", " 👍🏽 ", ":thumbsup::skin-tone-2:", "✅", ":white_check_mark:"])
def test_a_thumb_up_alone_is_a_yes(sent: str) -> None:
    assert (typed(sent).words, typed(sent).yes) == ("", True)


@pytest.mark.parametrize("sent", [":+1: thanks", ":-1:", ":two:", "", ":tada:", "👎"])
def test_nothing_else_is_a_yes(sent: str) -> None:
    assert not typed(sent).yes


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("<@U01MARIA> can you move 3 cs", "Maria Lopez"),
        ("hey <@U01MARIA> - move 3 cs\nand use 4 bags", "hey Maria Lopez"),
        ("<!subteam^S1|@crew> move 3 cs", "colleague"),
        ("used 1 bag on 4474. <@U03LINH> can you move 3 cs", "used 1 bag on 4474. Linh Tran"),
        ("used 1 bag on 4474, <@U03LINH> move 3 cs", "used 1 bag on 4474, Linh Tran"),
        ("used 1 bag CR0930 with <@U03LINH> on 4474", "used 1 bag CR0930 with Linh Tran on 4474"),
        ("<@U03LINH> and I used 2 bags", "Linh Tran and I used 2 bags"),
        ("me and <@U03LINH> used 2 bags", "me and Linh Tran used 2 bags"),
        ("<@U01MARIA> thanks. <@app> used 2 bags", "Maria Lopez used 2 bags"),
        ("<@app>: used 2 bags <!here>", ": used 2 bags"),
        ("<@U0NEW> used 2 bags", "colleague, used 2 bags"),
        ("<!here> used 2 bags", "colleague, used 2 bags"),
    ],
)
def test_what_follows_a_colleague_is_said_to_that_colleague(sent: str, words: str) -> None:
    assert typed(sent, PLANT).words == words


def test_somebody_named_by_the_channel_is_nobody_else() -> None:
    sent = named("<@U0BOT> used 2 bags with <@U0JO>, <@U0NEW> clean up", {"U0JO": "Josue Ramirez"}.get, "U0BOT")
    assert typed(sent).words == "used 2 bags with colleague, colleague"
    assert typed(sent, {"U0JO": "Josue Ramirez"}.get).words == "used 2 bags with Josue Ramirez, colleague"
