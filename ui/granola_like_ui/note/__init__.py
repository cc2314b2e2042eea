"""The meeting's page: what is typed, the call as it goes on, and the note that comes of it."""
