"""A call becomes a recording: the recorder's process, its folder, and what is made of it."""
