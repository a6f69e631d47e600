"""Definitions: diagrams, decision tables and forms are read, checked, versioned and deployed as one set."""

from engine.definitions.checking import check
from engine.definitions.deploying import Deployed, deploy
from engine.definitions.files import read_folder
from engine.definitions.problems import Problem, Severity

__all__ = ["Deployed", "Problem", "Severity", "check", "deploy", "read_folder"]
