"""What is begun beside a hazard's main line (旁线): extension, listing, exposure, similar check and enforcement."""

from web.pages.side_processes import enforcement, exposure, extension, listing, similar_check
from web.pages.side_processes.blueprint import pages
from web.pages.side_processes.possible import PossibleAct, possible_acts

__all__ = ["PossibleAct", "enforcement", "exposure", "extension", "listing", "pages", "possible_acts", "similar_check"]
