"""Sound on Windows: WASAPI, with loopback for what the computer plays."""
