"""Sound on macOS: microphones and virtual devices through PortAudio, calls through Core Audio."""
