"""Words on their way to Slack: nothing that somebody typed may ping, link or format there."""

import re


def escaped(text: str) -> str:
    """The text so that Slack shows it letter by letter: no mention, no link, no command."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis, in at most `limit` characters; an entity stays whole."""
    if len(text) <= limit:
        return text
    return re.sub(r"&[a-z]{0,3}$", "", text[: limit - 1]) + "…"
