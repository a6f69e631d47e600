"""What releasing refuses."""

from __future__ import annotations

from engine.errors import EngineError
from engine.sentences import Sentence


class ReleaseRefused(EngineError):
    """A rule of releasing forbids this; `said` names the rule and what would be allowed. Nothing was changed."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said)
        self.said = said
