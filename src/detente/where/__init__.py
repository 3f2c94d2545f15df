"""Where: place mentions with country and coordinates, and the place of an act."""

from detente.where.mentions import PlaceMention, find_places
from detente.where.scenes import place_of

__all__ = ["PlaceMention", "find_places", "place_of"]
