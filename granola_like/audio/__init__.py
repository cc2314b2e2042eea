"""The outside world's sound: devices, capture per platform, files, calls, echo."""
