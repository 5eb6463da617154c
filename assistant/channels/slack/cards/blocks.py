"""The pieces that cards are made of, within Slack's limits whatever the data.

Built and checked with slack_sdk's models.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from assistant.channels.slack.cards.text import cut, escaped

SECTION: Final = 3000
HEADER: Final = 150
LABEL: Final = 75
VALUE: Final = 2000
IDENTITY: Final = 255
BUTTONS: Final = 25
PICKED: Final = 100
PICKED_VALUE: Final = 150
BLOCKS: Final = 50
HOME_BLOCKS: Final = 100
FALLBACK: Final = 3000
SAID: Final = 9000
"""Characters that an answer shows; the rest is counted."""

WHOLE: Final = 11_000
"""Characters in all of a message, so that decisions can be added below the 13,200 at which Slack refuses it."""

SHORT: Final = 40
NOTE: Final = 120
DECISION: Final = 150
NOTED: Final = 400

Style = Literal["primary", "danger"]


@dataclass(frozen=True, slots=True)
class Card:
    """A message: `text` for where blocks are not shown, `about` what its buttons decide on."""

    text: str
    blocks: tuple[Mapping[str, Any], ...]
    about: tuple[str, ...] = ()

    def body(self, **more: object) -> dict[str, Any]:
        """The arguments of chat.postMessage."""
        return {"text": self.text, "blocks": list(self.blocks), "unfurl_links": False, "unfurl_media": False, **more}


def card(said: str, blocks: Iterable[Block], about: Sequence[str] = ()) -> Card:
    """A checked card. Raises SlackObjectFormationError where a piece is beyond Slack's limits."""
    built = bounded([block.to_dict() for block in list(blocks)[:BLOCKS]])
    return Card(cut(escaped(said), FALLBACK).strip() or "Answer", tuple(built), tuple(about))


def bounded(built: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks with as much text as one message may have: buttons and short notes stay, long text is cut or goes."""
    left = WHOLE - sum(_size(block) for block in built if _stays(block))
    kept = []
    for block in built:
        size = _size(block)
        if not _stays(block):
            if size > left and (block["type"] != "section" or left < SHORT or block["text"]["text"].startswith("```")):
                continue
            if size > left:
                block["text"]["text"] = cut(block["text"]["text"], left)
            left -= min(size, left)
        kept.append(block)
    return kept


def _stays(block: Mapping[str, Any]) -> bool:
    return block["type"] in {"actions", "header", "divider"} or (block["type"] == "context" and _size(block) <= NOTE)


def _size(piece: object) -> int:
    """Characters that a block shows, with everything in it."""
    if isinstance(piece, list):
        return sum(map(_size, piece))
    if not isinstance(piece, Mapping):
        return 0
    return sum(
        len(value) if name == "text" and isinstance(value, str) else _size(value) for name, value in piece.items()
    )


def flat(text: str, limit: int) -> PlainTextObject:
    """A label: plain text, with signs that look like Slack's marks in place of them."""
    shown = " ".join(text.split()).replace("<", "‹").replace(">", "›")  # noqa: RUF001 - look-alikes are the point
    return PlainTextObject(text=cut(shown, limit) or "–", emoji=False)


def words(text: str) -> MarkdownTextObject:
    """Text as it is, letter by letter: Slack makes neither links nor mentions of it."""
    return MarkdownTextObject(text=cut(escaped(text), SECTION) or " ", verbatim=True)


def said(text: str, limit: int = SAID) -> list[Block]:
    """A text of any length: sections of it, and how much is left out."""
    shown, left = text[:limit], len(text) - limit
    size = SECTION // 5  # an escaped character takes up to five
    parts = [shown] if len(escaped(shown)) <= SECTION else _parts(shown, size)
    blocks: list[Block] = [SectionBlock(text=words(part)) for part in parts or [" "]]
    if left > 0:
        blocks.append(small(f"… and {left} more characters."))
    return blocks


def _parts(text: str, size: int) -> list[str]:
    """The text in parts of at most `size`, broken at a line or a space where there is one."""
    parts = []
    while text:
        end = size
        if len(text) > size:
            end = max(text.rfind("\n", 1, size), text.rfind(" ", 1, size)) + 1 or size
        parts.append(text[:end].rstrip() or " ")
        text = text[end:]
    return parts


def header(text: str) -> Block:
    """A headline; Slack takes plain text only."""
    return HeaderBlock(text=flat(text, HEADER))


def small(*texts: str) -> Block:
    """Small print."""
    return ContextBlock(
        elements=[MarkdownTextObject(text=cut(escaped(t), 600) or " ", verbatim=True) for t in texts[:10]]
    )


def line() -> Block:
    """A line between two things."""
    return DividerBlock()


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], limit: int = SECTION - 20) -> tuple[list[Block], int]:
    """The first rows in columns of equal width, and how many of them there was room for."""
    clean = [[" ".join(str(cell).split()).replace("`", "'") for cell in row] for row in (columns, *rows)]
    shown = [[cut(cell, 40) for cell in row] for row in clean]
    widths = [max(len(row[i]) for row in shown) for i in range(len(columns))]
    kept: list[str] = []
    for row in shown:
        text = escaped("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if sum(map(len, kept)) + len(kept) + len(text) > limit:
            break
        kept.append(text)
    if not kept:
        return [], 0
    block = SectionBlock(text=MarkdownTextObject(text="```\n" + "\n".join(kept) + "\n```", verbatim=True))
    return [block], len(kept) - 1


def confirm(text: str, yes: str) -> ConfirmObject:
    """The question before something that cannot be undone."""
    return ConfirmObject(title="Sure?", text=flat(text, 300), confirm=yes, deny="Cancel")


def button(
    label: str, action: str, value: str, style: Style | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button; what it does stands in `action`, on what in `value`."""
    return ButtonElement(
        text=flat(label, LABEL),
        action_id=cut(action, IDENTITY),
        value=value[:VALUE] or "–",
        style=style,
        confirm=confirm,
    )


def menu(label: str, action: str, options: Sequence[str]) -> StaticSelectElement:
    """A list to pick from; what is picked is sent word for word, so that none may be longer than `PICKED_VALUE`."""
    offered = [Option(value=option, text=flat(option, LABEL)) for option in options[:PICKED]]
    return StaticSelectElement(placeholder=flat(label, HEADER), action_id=action, options=offered)


def buttons(about: str, elements: Sequence[ButtonElement | StaticSelectElement]) -> Block:
    """A row of buttons that decide on `about`; it goes when that is decided."""
    return ActionsBlock(block_id=cut(about, IDENTITY), elements=list(elements)[:BUTTONS])


def noted(body: Mapping[str, Any], about: str, told: str) -> dict[str, Any]:
    """The message with a line of small print above the buttons about that, in place of the one that stood there."""
    mark = cut(f"note:{about}", IDENTITY)
    blocks: list[Mapping[str, Any]] = []
    for block in body.get("blocks", ()):
        if block.get("block_id") == about:
            blocks.append({**small(cut(told, NOTED)).to_dict(), "block_id": mark})
        if block.get("block_id") != mark:
            blocks.append(block)
    return {**body, "blocks": blocks}


def settled(body: Mapping[str, Any], about: str, how: str) -> dict[str, Any]:
    """The message without the buttons about that, and with who decided and when in their place."""
    how = cut(how, DECISION)
    blocks: list[Mapping[str, Any]] = []
    for block in body.get("blocks", ()):
        if block.get("block_id") == about:
            blocks.append(small(how).to_dict())
        else:
            blocks.append(block)
    return {**body, "blocks": blocks, "text": cut(f"{body.get('text', '')} {escaped(how)}", FALLBACK)}
