"""Meetings in and out: bundles, captions, and notes to read.

Files are written whole or not at all: to a draft beside the target, then renamed.
"""
