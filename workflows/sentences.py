"""What the domain says to people, in the same sentences as the engine."""

from engine.sentences import Sentence, sentence

__all__ = ["Sentence", "sentence"]
