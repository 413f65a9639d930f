"""All rows of the matrix."""

from . import exchanges, offers  # noqa: F401  (each adds its rows)
from .table import FEATURES

__all__ = ["FEATURES"]
