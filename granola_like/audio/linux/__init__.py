"""Sound on Linux: PulseAudio, and PipeWire through its Pulse server."""
