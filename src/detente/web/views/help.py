"""Help: keys, marks, and how the numbers are made."""

from __future__ import annotations

from detente.relations.weights import weights
from detente.web.pages import Asked, WebPage

KEYS = (
    ("j, k", "next and previous statement or event, in the Reader and in lists"),
    ("a", "right: the card says what the words say"),
    ("x", "wrong"),
    ("e", "edit a field of the card"),
    ("space", "skip to the next card (Review)"),
    ("u", "undo the last judgement (Review)"),
    ("/", "go to the search field"),
    ("?", "this page"),
    ("Esc", "leave a field"),
)


def help_page(asked: Asked) -> WebPage:
    """What a newcomer asks."""
    given = weights()
    keys = [{"key": key, "does": does} for key, does in KEYS]
    data = {
        "keys": keys,
        "status_weights": given.status,
        "surprise_at": given.surprise_at,
        "half_life": given.half_life,
        "least_spread": given.least_spread,
    }
    return WebPage("help.html", "Help", data, keys)
