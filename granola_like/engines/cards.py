"""Which graphics cards CTranslate2 could use. Runs in a child process: drivers may crash."""

SPEECH_USES_CARDS = False
"""Whether the speech engine runs on a card (`whisper.py` loads for the processor)."""


class Cards:
    """Asks CTranslate2, which asks the CUDA driver."""

    def count(self) -> int:
        """How many cards there are; 0 without a driver, or where CTranslate2 is built without."""
        import ctranslate2  # noqa: PLC0415 - who only asks for the flag does not pay for it

        try:
            return int(ctranslate2.get_cuda_device_count())
        except (RuntimeError, ValueError):
            return 0


def open_cards() -> Cards:
    """Begin to look."""
    return Cards()
