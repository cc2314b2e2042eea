"""Words while they are spoken: captions of a recording that goes on.

`Ear` decides for one channel and knows no thread, clock or engine; `ChannelWorker` feeds it from
the disk and asks an engine; `LiveCaptions` is what a window holds.
"""

from granola_like.transcribe.live.board import CaptionNews
from granola_like.transcribe.live.captions import LiveCaptions
from granola_like.transcribe.live.lines import LiveUtterance

__all__ = ["CaptionNews", "LiveCaptions", "LiveUtterance"]
