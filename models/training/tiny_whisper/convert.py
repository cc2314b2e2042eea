"""Step 5: a checkpoint becomes a CTranslate2 model (int8), by way of transformers' Whisper."""

import argparse
from pathlib import Path

import torch
from ctranslate2.converters.transformers import WhisperLoader
from tokenizers import Tokenizer
from transformers import WhisperConfig, WhisperForConditionalGeneration

from network import DECODER_STEPS, ENCODER_STEPS

RENAMED = {
    "enc_ln": "model.encoder.layer_norm",
    "dec_ln": "model.decoder.layer_norm",
    "pos": "model.encoder.embed_positions.weight",
    "dpos": "model.decoder.embed_positions.weight",
    "emb.weight": "model.decoder.embed_tokens.weight",
    "enc.": "model.encoder.layers.",
    "dec.": "model.decoder.layers.",
    "conv": "model.encoder.conv",
}


def main() -> None:
    """Write the model's folder."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--work", type=Path, required=True)
    asked.add_argument("--checkpoint", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    options = asked.parse_args()
    tokenizer = Tokenizer.from_file(str(options.work / "tokenizer.json"))
    saved = torch.load(options.checkpoint)
    whisper = _whisper(saved, tokenizer)
    spec = WhisperLoader().get_model_spec(whisper)
    heads, last = whisper.config.decoder_attention_heads, whisper.config.decoder_layers - 1
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [tokenizer.token_to_id("<|endoftext|>")]
    spec.config.alignment_heads = [[last, head] for head in range(heads)]
    spec.config.lang_ids = [tokenizer.token_to_id("<|en|>")]
    spec.register_vocabulary([tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())])
    spec.validate()
    spec.optimize(quantization="int8")
    options.out.mkdir(parents=True, exist_ok=True)
    spec.save(str(options.out))
    tokenizer.save(str(options.out / "tokenizer.json"))
    print(f"{(options.out / 'model.bin').stat().st_size / 1e6:.1f} MB")


def _whisper(saved: dict, tokenizer: Tokenizer) -> WhisperForConditionalGeneration:
    width, heads, encoder, decoder = saved["cfg"]
    end = tokenizer.token_to_id("<|endoftext|>")
    config = WhisperConfig(
        vocab_size=tokenizer.get_vocab_size(), d_model=width,
        encoder_layers=encoder, decoder_layers=decoder,
        encoder_attention_heads=heads, decoder_attention_heads=heads,
        encoder_ffn_dim=4 * width, decoder_ffn_dim=4 * width,
        max_source_positions=ENCODER_STEPS, max_target_positions=DECODER_STEPS,
        pad_token_id=end, bos_token_id=end, eos_token_id=end,
        decoder_start_token_id=tokenizer.token_to_id("<|startoftranscript|>"),
        suppress_tokens=None, begin_suppress_tokens=None,
    )
    whisper = WhisperForConditionalGeneration(config)
    weights = {_renamed(name): value for name, value in saved["m"].items() if name[:3] != "ctc"}
    left_out = whisper.load_state_dict(weights, strict=False)
    assert not left_out.unexpected_keys, left_out
    whisper.generation_config.suppress_tokens = []
    whisper.generation_config.begin_suppress_tokens = [end]
    whisper.generation_config.alignment_heads = [[decoder - 1, head] for head in range(heads)]
    whisper.generation_config.no_timestamps_token_id = tokenizer.token_to_id("<|notimestamps|>")
    return whisper


def _renamed(name: str) -> str:
    for ours, theirs in RENAMED.items():
        if name == ours or (name.startswith(ours) and ours not in ("pos", "dpos")):
            return theirs + name[len(ours) :]
    raise KeyError(name)


if __name__ == "__main__":
    main()
