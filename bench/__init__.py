"""Measurements through the real flow. Not installed with the package."""
