"""What happened to an instance, step by step: written with the change, never altered."""

from engine.history.records import HistoryKind, of_instance, record

__all__ = ["HistoryKind", "of_instance", "record"]
