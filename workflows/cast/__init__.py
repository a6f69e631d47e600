"""The demo's cast: invented organisations and people for the real divisions of Henan, the same for the same seed."""

from workflows.cast.cast import Cast, CastUnit, cast_of
from workflows.cast.loading import load_cast
from workflows.cast.sign_ins import DEMO_PASSWORD, DemoSignIn, demo_sign_ins

__all__ = ["DEMO_PASSWORD", "Cast", "CastUnit", "DemoSignIn", "cast_of", "demo_sign_ins", "load_cast"]
