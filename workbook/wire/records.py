"""What travelled, one thing after the other, as values that a terminal and a page draw."""

from dataclasses import dataclass
from typing import Any

from workbook.languages import Bilingual
from workbook.recorder.facts import Place
from workbook.wire.explanations import EXPLANATIONS, Explanation

WINDOW, PAGE, SERVER, CONSUMER, LAYER = "window", "page", "server", "consumer", "layer"
LANES = {
    WINDOW: Bilingual("window", "النافذة"),
    PAGE: Bilingual("page", "الصفحة"),
    SERVER: Bilingual("server", "الخادم"),
    CONSUMER: Bilingual("consumer", "المستهلك"),
    LAYER: Bilingual("layer", "الطبقة"),
}
REQUESTS, SOCKETS, BETWEEN, TROUBLE = "requests", "sockets", "layer", "trouble"
FAMILIES = {
    REQUESTS: Bilingual("requests", "الطلبات"),
    SOCKETS: Bilingual("WebSockets", "اتصالات WebSocket"),
    BETWEEN: Bilingual("the layer", "طبقة القنوات"),
    TROUBLE: Bilingual("trouble", "الأعطال"),
}
OF_THE_CODE = ("unawaited", "exception", "caught", "lost", "blocked")
OF_A_SERVER = ("request", "answer", "begun", "ended")


@dataclass(frozen=True)
class Record:
    """One thing that travelled, or happened; `moment` is in seconds since the listening began.

    `server` is the number of the server, from 1 on. `name` is the WebSocket's, "A" for the first,
    and "" where it is about none; `channel` is its consumer's channel, as far as that is known, and
    `rooms` are the WebSocket's address and the groups that the record belongs to.
    `source` and `target` are lanes; the target is "" of what goes nowhere. `is_trouble` says that
    it is what a person looks for, `says` is the sentence, `about` is the fact itself, and
    `explained` names the explanation.
    """

    moment: float
    server: int
    name: str
    channel: str
    rooms: tuple[str, ...]
    kind: str
    source: str
    target: str
    says: Bilingual
    is_trouble: bool
    explained: str
    about: dict[str, Any]

    @property
    def lanes(self) -> Bilingual:
        """From where to where, in words."""
        source = LANES[self.source]
        if not self.target:
            return source
        target = LANES[self.target]
        return Bilingual(f"{source.en} → {target.en}", f"من {source.ar} إلى {target.ar}")

    @property
    def explanation(self) -> Explanation:
        return EXPLANATIONS[self.explained]

    @property
    def families(self) -> tuple[str, ...]:
        """The kinds in which a person looks for it; trouble is found in its own kind, too."""
        if self.kind in OF_THE_CODE:
            return (TROUBLE,)
        on_layer = self.kind == "call" or self.source == LAYER
        own = REQUESTS if self.kind in OF_A_SERVER else BETWEEN if on_layer else SOCKETS
        return (own, TROUBLE) if self.is_trouble else (own,)

    @property
    def place(self) -> Place | None:
        """The project's own line that made it happen, or takes it."""
        by = self.about.get("by")
        place = by["place"] if by else self.about.get("place")
        return Place(*place) if place else None
