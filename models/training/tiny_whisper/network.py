"""Whisper's network, small, with a CTC head on the encoder that only training uses.

Names of the weights follow transformers' Whisper, so that `convert.py` has little to rename.
"""

import math

import torch
from torch import nn
from torch.nn import functional

CHARACTERS = "abcdefghijklmnopqrstuvwxyz' 0123456789$%,."
"""What the CTC head spells; 0 is CTC's blank."""

ENCODER_STEPS, DECODER_STEPS = 1500, 448


class Attention(nn.Module):
    """Multi-head attention; keys without a bias, as in Whisper."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x, memory=None, *, causal=False):
        """Attend from `x` to `memory`, or to itself."""
        memory = x if memory is None else memory
        query, key, value = (
            made.view(made.shape[0], made.shape[1], self.heads, -1).transpose(1, 2)
            for made in (self.q_proj(x), self.k_proj(memory), self.v_proj(memory))
        )
        out = functional.scaled_dot_product_attention(query, key, value, is_causal=causal)
        return self.out_proj(out.transpose(1, 2).flatten(2))


class Layer(nn.Module):
    """One layer of the encoder, or of the decoder (with attention to the encoder)."""

    def __init__(self, width: int, heads: int, *, decodes: bool, dropout: float = 0.05) -> None:
        super().__init__()
        self.decodes = decodes
        self.self_attn = Attention(width, heads)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        if decodes:
            self.encoder_attn = Attention(width, heads)
            self.encoder_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)
        self.final_layer_norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, memory=None):
        """Give the layer's output, of the shape of `x`."""
        own = self.self_attn(self.self_attn_layer_norm(x), causal=self.decodes)
        x = x + self.dropout(own)
        if self.decodes:
            x = x + self.dropout(self.encoder_attn(self.encoder_attn_layer_norm(x), memory))
        return x + self.dropout(self.fc2(functional.gelu(self.fc1(self.final_layer_norm(x)))))


class TinyWhisper(nn.Module):
    """Encoder, decoder and the CTC head."""

    def __init__(self, vocabulary: int, width=192, heads=3, encoder=4, decoder=2) -> None:
        super().__init__()
        self.shape = (width, heads, encoder, decoder)
        self.conv1 = nn.Conv1d(80, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.register_buffer("pos", _sines(ENCODER_STEPS, width))
        self.enc = nn.ModuleList(Layer(width, heads, decodes=False) for _ in range(encoder))
        self.enc_ln = nn.LayerNorm(width)
        self.emb = nn.Embedding(vocabulary, width)
        nn.init.normal_(self.emb.weight, std=0.02)
        self.dpos = nn.Parameter(torch.randn(DECODER_STEPS, width) * 0.01)
        self.dec = nn.ModuleList(Layer(width, heads, decodes=True) for _ in range(decoder))
        self.dec_ln = nn.LayerNorm(width)
        self.ctc = nn.Linear(width, 64)

    def encode(self, mel):
        """Turn mel features (batch, 80, frames) into (batch, frames / 2, width)."""
        x = functional.gelu(self.conv1(mel))
        x = functional.gelu(self.conv2(x)).transpose(1, 2)
        x = x + self.pos[: x.shape[1]]
        for layer in self.enc:
            x = layer(x)
        return self.enc_ln(x)

    def decode(self, tokens, memory):
        """Give the scores of each next token."""
        x = self.emb(tokens) + self.dpos[: tokens.shape[1]]
        for layer in self.dec:
            x = layer(x, memory)
        return self.dec_ln(x) @ self.emb.weight.T


def _sines(steps: int, width: int) -> torch.Tensor:
    fall = torch.exp(-(math.log(10_000) / (width // 2 - 1)) * torch.arange(width // 2))
    turns = torch.arange(steps)[:, None] * fall
    return torch.cat([turns.sin(), turns.cos()], 1)
