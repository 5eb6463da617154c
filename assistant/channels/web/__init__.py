"""The assistant in a browser: the console, pages to read the books, and what a server is watched by."""

from assistant.channels.web.app import create_app

__all__ = ["create_app"]
