"""What is in the way of moving an instance, in words for people; and how a step was matched."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext

from engine.migrating import Counterpart, Obstacle, ObstacleKind, Origin


def obstacle_in_words(obstacle: Obstacle, processes: Mapping[str, str]) -> str:
    """One sentence that names the step and its process."""
    place = processes.get(obstacle.process, obstacle.process)
    return _SENTENCES[obstacle.kind](obstacle.name or obstacle.element, place, obstacle.said)


def origin_in_words(counterpart: Counterpart) -> str:
    """How a step's counterpart was found."""
    match counterpart.origin:
        case Origin.SAME:
            return gettext("same step")
        case Origin.RENAMED:
            return gettext("looks the same, %(share)s%%", share=round(counterpart.confidence * 100))
        case Origin.BY_HAND:
            return gettext("chosen by hand")
        case Origin.NONE:
            return gettext("no counterpart")


_SENTENCES: Mapping[ObstacleKind, Callable[[str, str, str], str]] = {
    ObstacleKind.SUSPENDED: lambda _name, _place, _said: gettext("The instance is suspended; resume it first."),
    ObstacleKind.INCIDENT: lambda name, place, _said: gettext(
        "“%(name)s” (%(place)s) has failed; retry or mend it first.", name=name, place=place
    ),
    ObstacleKind.PROCESS_GONE: lambda name, place, _said: gettext(
        "“%(name)s” (%(place)s) leads into a process that the new version does not have.", name=name, place=place
    ),
    ObstacleKind.ELEMENT_GONE: lambda name, place, _said: gettext(
        "They wait at “%(name)s” (%(place)s), which the new version does not have.", name=name, place=place
    ),
    ObstacleKind.KIND_CHANGED: lambda name, place, _said: gettext(
        "“%(name)s” (%(place)s) is of another kind in the new version.", name=name, place=place
    ),
    ObstacleKind.REPETITION_CHANGED: lambda name, place, _said: gettext(
        "“%(name)s” (%(place)s) is done several times, and the new version repeats it otherwise.",
        name=name,
        place=place,
    ),
    ObstacleKind.PARALLEL_CHANGED: lambda name, place, _said: gettext(
        "“%(name)s” (%(place)s) lies in a parallel part that is not the same in the new version: "
        "the branches could not be joined.",
        name=name,
        place=place,
    ),
    ObstacleKind.BOUNDARY_GONE: lambda name, place, _said: gettext(
        "“%(name)s” (%(place)s) has begun something that is still under way, and the new version does not have it.",
        name=name,
        place=place,
    ),
    ObstacleKind.FAILED: lambda _name, _place, said: gettext("It could not be moved: %(said)s", said=said),
}
