"""Words on their way to Slack and from it: nothing that somebody typed may ping, link or format there.

From Slack: "&lt;3 cases &amp; a bag <http://x.y|x.y>"  ->  "<3 cases & a bag x.y"
"""

import re
from typing import Final

_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_REFERENCE: Final = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_MENTIONS: Final = re.compile(r"^(?:\s*<@[A-Z0-9]+(?:\|[^<>]*)?>[\s,:]*)+")


def plain(text: str) -> str:
    """What the person typed, without the mention in front and without Slack's marks."""
    bare = _REFERENCE.sub(_said, _MENTIONS.sub("", text))
    for entity, sign in _ENTITIES:
        bare = bare.replace(entity, sign)
    return bare.strip()


def _said(found: re.Match[str]) -> str:
    target, label = found.group(1), found.group(2)
    if label:
        return label
    return target.removeprefix("mailto:").removeprefix("tel:")


def escaped(text: str) -> str:
    """The text so that Slack shows it letter by letter: no mention, no link, no command."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis, in at most `limit` characters; an entity stays whole."""
    if len(text) <= limit:
        return text
    return re.sub(r"&[a-z]{0,3}$", "", text[: limit - 1]) + "…"
