"""An embedder that remembers, as the lessons ask for the same sentences again and again."""

import numpy as np

from granola_like.engines.llama import open_embedder


class Remembering:
    """Wraps the product's embedder; `kept` is a file that outlives the run, or None."""

    def __init__(self, model, kept=None):
        self._inner = open_embedder(str(model), name="training", threads=1)
        self.name, self.dimensions = self._inner.name, self._inner.dimensions
        self._kept, self._known = kept, {}
        if kept and kept.exists():
            stored = np.load(kept, allow_pickle=False)
            self._known = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))

    def embed(self, texts):
        """Give unit vectors, shape (texts, dimensions)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for at in range(0, len(new), 256):
            batch = new[at : at + 256]
            self._known.update(zip(batch, self._inner.embed(batch), strict=True))
        return np.stack([self._known[text] for text in texts]).astype(np.float32)

    def close(self):
        """Write what is remembered, and let go of the model."""
        if self._kept:
            np.savez(self._kept, texts=list(self._known), vectors=list(self._known.values()))
        self._inner.close()
