"""Speech, language and embedding models behind small Protocols, one adapter file a library."""
