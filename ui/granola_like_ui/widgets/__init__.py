"""Widgets that more than one area uses."""
