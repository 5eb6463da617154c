"""A message in Slack's rich_text blocks as Slack's mrkdwn: what is struck through goes, a list's items are lines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from assistant.channels.slack.cards.text import escaped

_MENTIONS: Final = {
    "user": "<@{user_id}>",
    "usergroup": "<!subteam^{usergroup_id}>",
    "broadcast": "<!{range}>",
}
_NOBODY: Final = {"user_id": "", "usergroup_id": "", "range": "here"}


def mrkdwn(blocks: Sequence[Mapping[str, Any]] | None) -> str:
    """The text of the blocks; empty where there is no rich text among them."""
    parts = [part for block in blocks or () if block.get("type") == "rich_text" for part in block.get("elements") or ()]
    return "\n".join(line for part in parts for line in _lines(part))


def _lines(part: Mapping[str, Any]) -> Iterator[str]:
    kind, elements = part.get("type"), part.get("elements") or ()
    if kind == "rich_text_list":
        for item in elements:
            yield from (f"• {line}" for line in _lines(item))
        return
    front = "&gt; " if kind == "rich_text_quote" else ""
    yield from (front + line for line in "".join(map(_piece, elements)).split("\n"))


def _piece(element: Mapping[str, Any]) -> str:
    """One element of a line: words, an emoji, a link, somebody or something mentioned."""
    if (element.get("style") or {}).get("strike"):
        return ""
    text = escaped(str(element.get("text") or ""))
    match element.get("type"):
        case "text":
            return text
        case "emoji":
            tone = f":skin-tone-{element['skin_tone']}:" if element.get("skin_tone") else ""
            return f" :{element.get('name')}:{tone} "
        case "link":
            return f"<{element.get('url')}|{text}>" if text else f"<{element.get('url')}>"
        case "date":
            return escaped(str(element.get("fallback") or ""))
    return _MENTIONS.get(str(element.get("type")), " ").format_map({**_NOBODY, **element})
