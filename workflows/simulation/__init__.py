"""Plays a whole campaign on the real system: same services, database and engine, with a clock that is moved by hand."""

from workflows.simulation.campaign import Simulation
from workflows.simulation.tally import Line, Tally

__all__ = ["Line", "Simulation", "Tally"]
