r"""What Slack's text means: the words that somebody said there, and whom they said them to.

`&gt; used 2 bags\nno, *3* bags of <http://x|CR0930> :bread:`  ->  `no, 3 bags of CR0930`, beside something quoted
`used 1 bag on 4474, <@U03LINH> can you move 3 cs`  ->  `used 1 bag on 4474, Linh Tran`

Looks are seen through (bold, code, lists, links, invisible signs), emoji are no words, what is quoted or struck
through is not said, and what follows a colleague's mention is said to that colleague.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from assistant.intents.language.lexicon import LEXICON

_SIGNS: Final = {
    **dict.fromkeys(map(ord, "\u00a0\u1680\u2007\u202f\u205f\u3000\t\v\f"), " "),
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    **dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xAD, 0xFEFF, 0x61C], ""),
    **dict.fromkeys(map(ord, "\u2028\u2029\x85"), "\n"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛′"), "'"),  # noqa: RUF001 - the look-alikes are the point
    **dict.fromkeys(map(ord, "‐‑−"), "-"),  # noqa: RUF001
    **{0xFF01 + at: chr(0x21 + at) for at in range(94)},
}
"""Signs that look like plain ones, or like nothing at all; joiners and variants of emoji among them."""

_EMOJI_SIGN: Final = re.compile(
    "[0-9#*]\ufe0f?\u20e3"
    "|[\U0001f000-\U0001faff\U000e0020-\U000e007f\u2300-\u23ff\u2600-\u27a0\u27a2-\u27bf\u2b00-\u2bff\u3030\u303d]"
    "[\ufe00-\ufe0f]*"
    "|[\ufe00-\ufe0f\u20e3]"
)
_NAMED: Final = re.compile(r"(?<![\w:]):(?:(?!\d+:)|(?=100:|1234:))[a-z0-9_+'\-]+:(?::skin-tone-[2-6]:)?", re.ASCII)
_GLUED: Final = re.compile(r"(?<=:)(?=:[a-z0-9_+'\-]+:)", re.ASCII)
_ARROWS: Final = ((":arrow_right:", "→"), ("\u27a1\ufe0f", "→"))
_YES: Final = re.compile(
    r"(?:\s|(?::(?:\+1|thumbsup|white_check_mark|heavy_check_mark):|[\U0001f44d\u2705\u2714])"
    "(?::skin-tone-[2-6]:|[\U0001f3fb-\U0001f3ff\ufe0f])?)+"
)

_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_QUOTED: Final = re.compile(r"\s*(?:&gt;|>)")
_QUOTED_ON: Final = re.compile(r"\s*(?:&gt;|>){3}")
_TO_DO: Final = re.compile(r"\s*(?:[-*•]\s*)?(?:☐|\[ ?\])\s")
_DONE: Final = re.compile(r"\[[xX]\]\s+")
_BULLET: Final = re.compile(r"\s*(?:[•◦▪▫‣⁃·●○■□*–—-]\s+)?(?:(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]\s+(?=\S))?")  # noqa: RUF001
_STRUCK: Final = re.compile(r"~(?=[^\s~])[^~]*(?<=[^\s~])~(?!\w)")
_BOLD: Final = re.compile(r"(?<![A-Za-z0-9])([*_])(?=[^\s*_])([^\n]*?\S)\1(?![A-Za-z0-9])")
_BOLD_END: Final = re.compile(r"(?<=[A-Za-z])\*([A-Za-z0-9-]+)\*(?![A-Za-z0-9])")
_EMPTY: Final = re.compile(r"([*_])\s*\1")
_INVERTED: Final = re.compile(r"(?<!\w)\"(?=\S)([^\"\n]*\S)\"(?!\w)")
_CODE: Final = re.compile(r"(?<![A-Za-z0-9])`([^`\n]*)`(?![A-Za-z0-9])")

_REFERENCE: Final = re.compile(r"<([@#!]|https?:|mailto:|tel:|slack:)([^<>|\n]*)(?:\|([^<>\n]*))?>")
_SCANNED: Final = re.compile(r"/01/\d{8,14}(?:/|\?|$)")
_MARK: Final = re.compile("\ue000(.)([^\ue001]*)\ue001")
_MARKS: Final = re.compile("[\ue000\ue001]")
_SPACES: Final = re.compile(" +")
_APP, _TO, _GROUP, _MAYBE = "apgm"
_SENTENCE: Final = re.compile(r"[.!?;]\s|\n")

SOMEBODY: Final[str] = LEXICON.raw["company"]["colleague"][0]
OURS: Final = "<@app>"
"""The mention of the app itself, whatever its id."""

NameOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody wrote: `words` are plain, one line for each of theirs.

    `yes`: it is nothing but a thumb up; `quoted`: some of it was quoted, which is not said; `to_others`: a colleague is
    mentioned, who may be the one it is for.
    """

    words: str
    yes: bool = False
    quoted: bool = False
    to_others: bool = False


def named(text: str, name_of: NameOf, app: str | None) -> str:
    """The text with everybody mentioned by name, and our own mention (of the id `app`) known as ours."""

    def one(found: re.Match[str]) -> str:
        kind, target, label = found.groups()
        if kind != "@":
            return found.group()
        return OURS if target == app else f"<@{target}|{name_of(target) or label or SOMEBODY}>"

    return _REFERENCE.sub(one, text)


def typed(text: str, name_of: NameOf = lambda _: None) -> Typed:
    """The plain words of a message in Slack's mrkdwn; `name_of` gives the plant's name of a member's id."""
    if _YES.fullmatch(text) and text.strip():
        return Typed("", yes=True)
    marked = _REFERENCE.sub(lambda found: _reference(found, name_of), _MARKS.sub("", text))
    quoted, kept = False, []
    for line in marked.replace("\r\n", "\n").replace("\r", "\n").replace("```", "\n").split("\n"):
        if _QUOTED.match(line):
            quoted = True
            if _QUOTED_ON.match(line):
                break
        elif not _TO_DO.match(line):
            kept.append(line)
    said = _without_emoji(_STRUCK.sub(" ", "\n".join(kept))).translate(_SIGNS)
    for entity, sign in _ENTITIES:
        said = said.replace(entity, sign)
    plain = _own("\n".join(_line(line) for line in said.split("\n")))
    lines = (_SPACES.sub(" ", line).strip() for line in plain.split("\n"))
    to_others = f"\ue000{_TO}" in said or f"\ue000{_MAYBE}" in said
    return Typed("\n".join(line for line in lines if line), quoted=quoted, to_others=to_others)


def _reference(found: re.Match[str], name_of: NameOf) -> str:
    """What stands in angle brackets: a label, an address that is a scan, or a mark for somebody mentioned."""
    kind, target, label = found.groups()
    if found.group() == OURS:
        return f"\ue000{_APP}\ue001"
    if kind == "@":
        name = name_of(target) or label
        return f"\ue000{_TO if name else _MAYBE}{name_of(target) or SOMEBODY}\ue001"
    if kind == "!" and not target.startswith("date^"):
        return f"\ue000{_TO if target.startswith('subteam') else _GROUP}{SOMEBODY}\ue001"
    if label and kind != "#":
        return label
    return f"{kind}{target}" if kind in {"http:", "https:"} and _SCANNED.search(target) else " "


def _without_emoji(text: str) -> str:
    for name, sign in _ARROWS:
        text = text.replace(name, sign)
    return _EMOJI_SIGN.sub(" ", _NAMED.sub(" ", _GLUED.sub(" ", text)))


def _line(line: str) -> str:
    """A line without what only gives it a look."""
    line = _EMPTY.sub(" ", _CODE.sub(r"\1", line).replace("`", " "))
    for _ in range(3):
        line = _BOLD.sub(r"\2", line)
    line = _INVERTED.sub(r"\1", _BOLD_END.sub(r"\1", line))
    return _DONE.sub("", line[_end(_BULLET, line) :], count=1).strip()


def _end(pattern: re.Pattern[str], line: str) -> int:
    found = pattern.match(line)
    return found.end() if found else 0


def _own(text: str) -> str:
    """The text with names for mentions, without what is said to those who are mentioned."""
    shown, at, heard = [], 0, True
    for mark in _MARK.finditer(text):
        before, after = text[at : mark.start()], text[mark.end() :]
        kind, name = mark.groups()
        if heard:
            shown.append(before)
        at = mark.end()
        if kind == _APP:
            heard = True
            continue
        if not heard:
            continue
        sentence = _MARK.sub(r"\2", _SENTENCE.split(text[: mark.start()])[-1])
        opens = not sentence.strip(" ,:-")
        if kind in {_GROUP, _MAYBE}:
            shown.append(f"{name}, " if opens else name if kind == _MAYBE else " ")
            continue
        shown.append(name)
        heard = _goes_on(sentence, after)
    shown.append(text[at:] if heard else "")
    return "".join(shown)


def _goes_on(before: str, after: str) -> bool:
    """Whether what follows a mention is still said to us: the one mentioned helped, or stands amid a report."""
    company = LEXICON.raw["company"]
    words = before.casefold().split()
    told = any(sign.isdigit() for sign in before) or bool(set(words) & {*company["self"]})
    last = words[-1] if words else ""
    if last in {*company["helping"], *company["joined"]} or (told and last in company["beside"]):
        return last in company["helping"] or told
    following = after.casefold().split()
    if following[:1] and following[0] in company["joined"] and {*following[1:2]} & {*company["self"]}:
        return True
    return told and not before.rstrip().endswith((",", ";", "-", "–", "—", "(", ":"))
