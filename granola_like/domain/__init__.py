"""Values only: no files, no clock, no threads. Times ending in `_ms` are on the meeting clock.

The meeting clock counts milliseconds since the recording's first sample.
"""
