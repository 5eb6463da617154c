"""Who may post through the console: this browser's own pages, under a name that only this machine's network can have.

The console knows no passwords, so what protects it is where it listens, and that no foreign page can speak through
a browser that reaches it.
"""

import hashlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Response, g, request

SESSION_COOKIE = "floor_session"
PERSON_COOKIE = "floor_person"
_SESSION = re.compile(r"[A-Za-z0-9_-]{32,64}")
_YEAR_SECONDS = 365 * 24 * 3600


class Refused(Exception):
    """A request that is answered with one sentence instead of a page; `draft` is what was typed, not to be lost."""

    def __init__(self, status: int, sentence: str, draft: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.draft = draft


def session() -> str:
    """This browser's session: 256 random bits that it keeps in a cookie which no script can read."""
    if "session" not in g:
        kept = request.cookies.get(SESSION_COOKIE, "")
        g.session = kept if _SESSION.fullmatch(kept) else secrets.token_urlsafe(32)
    return str(g.session)


def token() -> str:
    """What a form must carry to prove that one of our pages made it; nobody without the session cookie can tell it."""
    return hashlib.sha256(f"form:{session()}".encode()).hexdigest()


def remember(response: Response, person: str | None = None) -> Response:
    """Lets the browser keep its session, and who is speaking."""
    values = {SESSION_COOKIE: session()} | ({PERSON_COOKIE: person} if person is not None else {})
    for name, value in values.items():
        if request.cookies.get(name) != value:
            response.set_cookie(
                name, value, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure
            )
    return response


def check_host(named: Collection[str]) -> None:
    """Refuses a page asked for under a foreign domain.

    A hostile site can let its own name point to this machine and then counts as the same origin (DNS rebinding).
    Addresses, `localhost`, names without a dot and `.local` names cannot be such a site; others must be `named`.
    """
    host = (urlsplit(f"//{request.host}").hostname or "").lower()
    if host in named or "." not in host or host.endswith((".local", ".localhost")):
        return
    try:
        ipaddress.ip_address(host)
    except ValueError:
        raise Refused(403, f"The console is not served under the name {host}; open it by its address.") from None


def check_form() -> None:
    """Refuses a form that was not sent by one of our own pages in this browser."""
    draft = request.form.get("text", "")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if site not in {"same-origin", "none"} or foreign:
        raise Refused(403, "This came from another site, so nothing was done.", draft)
    if not hmac.compare_digest(request.form.get("token", "").encode(), token().encode()):
        raise Refused(
            403, "That page was too old, so nothing was done; open the console anew and send it again.", draft
        )
