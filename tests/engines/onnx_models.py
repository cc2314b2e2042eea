"""Tiny ONNX models with random weights, of the shapes that the libraries load."""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

VOCABULARY = ("▁good", "▁morning", ",", "▁we", "▁agreed", "ment", "▁on", "▁it", "'s", ".", "<blk>")

_OPSET = [helper.make_opsetid("", 17)]


def write_ctc(folder: Path, *, seed: int = 1) -> Path:
    """A NeMo CTC model: 80 features in, log probabilities out, one frame in eight."""
    draw = np.random.default_rng(seed)
    weights = draw.normal(size=(len(VOCABULARY), 80, 8)).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["audio_signal", "w"], ["frames"], strides=[8], pads=[0, 7]),
            helper.make_node("Transpose", ["frames"], ["logits"], perm=[0, 2, 1]),
            helper.make_node("LogSoftmax", ["logits"], ["logprobs"], axis=-1),
        ],
        "ctc",
        [_floats("audio_signal", ["b", 80, "t"]), _ints("length", ["b"])],
        [_floats("logprobs", ["b", "u", len(VOCABULARY)])],
        [numpy_helper.from_array(weights, "w")],
    )
    _save(graph, folder / "model.onnx")
    return _about(folder, "nemo-conformer-ctc")


def write_tdt(folder: Path, *, seed: int = 1) -> Path:
    """A token-and-duration transducer like Parakeet: an encoder, and a decoder with its joint."""
    draw = np.random.default_rng(seed)
    size, durations = 8, 5
    weights = draw.normal(size=(size, 80, 8)).astype(np.float32)
    encoder = helper.make_graph(
        [
            helper.make_node("Conv", ["audio_signal", "w"], ["outputs"], strides=[8], pads=[0, 7]),
            helper.make_node("Add", ["length", "seven"], ["longer"]),
            helper.make_node("Div", ["longer", "eight"], ["encoded_lengths"]),
        ],
        "encoder",
        [_floats("audio_signal", ["b", 80, "t"]), _ints("length", ["b"])],
        [_floats("outputs", ["b", size, "u"]), _ints("encoded_lengths", ["b"])],
        [
            numpy_helper.from_array(weights, "w"),
            numpy_helper.from_array(np.array([7], np.int64), "seven"),
            numpy_helper.from_array(np.array([8], np.int64), "eight"),
        ],
    )
    _save(encoder, folder / "encoder-model.int8.onnx")
    embedding = draw.normal(size=(len(VOCABULARY), size)).astype(np.float32)
    joint = draw.normal(size=(size, len(VOCABULARY) + durations)).astype(np.float32)
    state: list[str | int] = [2, 1, size]
    decoder = helper.make_graph(
        [
            helper.make_node("Gather", ["e", "targets"], ["said"]),
            helper.make_node("Transpose", ["encoder_outputs"], ["frame"], perm=[0, 2, 1]),
            helper.make_node("Add", ["said", "frame"], ["both"]),
            helper.make_node("MatMul", ["both", "j"], ["joined"]),
            helper.make_node("Unsqueeze", ["joined", "one"], ["outputs"]),
            helper.make_node("Identity", ["input_states_1"], ["output_states_1"]),
            helper.make_node("Identity", ["input_states_2"], ["output_states_2"]),
        ],
        "decoder_joint",
        [
            _floats("encoder_outputs", ["b", size, 1]),
            helper.make_tensor_value_info("targets", TensorProto.INT32, ["b", 1]),
            helper.make_tensor_value_info("target_length", TensorProto.INT32, ["b"]),
            _floats("input_states_1", state),
            _floats("input_states_2", state),
        ],
        [
            _floats("outputs", ["b", 1, 1, len(VOCABULARY) + durations]),
            _floats("output_states_1", state),
            _floats("output_states_2", state),
        ],
        [
            numpy_helper.from_array(embedding, "e"),
            numpy_helper.from_array(joint, "j"),
            numpy_helper.from_array(np.array([1], np.int64), "one"),
        ],
    )
    _save(decoder, folder / "decoder_joint-model.int8.onnx")
    return _about(folder, "nemo-conformer-tdt")


def _about(folder: Path, model_type: str) -> Path:
    config = {"model_type": model_type, "features_size": 80, "subsampling_factor": 8}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    lines = [f"{token} {number}" for number, token in enumerate(VOCABULARY)]
    (folder / "vocab.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def _floats(name: str, shape: "list[str | int]") -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _ints(name: str, shape: "list[str | int]") -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.INT64, shape)


def _save(graph: onnx.GraphProto, file: Path, about: "dict[str, str] | None" = None) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    model = helper.make_model(graph, opset_imports=_OPSET, ir_version=9)
    helper.set_model_props(model, about or {})
    onnx.checker.check_model(model)
    onnx.save(model, str(file))


def write_voices(folder: Path) -> Path:
    """The two models that tell voices apart, so small that they know low from high alone.

    Their weights are set by hand: a low tone is one local speaker, a high one another, and the
    print of a stretch is its mean spectrum.
    """
    write_turns(folder / "voice-turns.onnx")
    write_prints(folder / "voice-prints.onnx")
    return folder


def write_turns(file: Path) -> None:
    """A segmentation model of pyannote's shape: 10 s in, 7 classes for each 17 ms out."""
    difference = np.array([[[-1.0, 1.0]]], np.float32)
    # From loudness and loudness of the difference: nobody, the low voice, the high one, others.
    mixing = np.array([[0, 1, -0.3, 0, 0, 0, 0], [0, -2, 1, 0, 0, 0, 0]], np.float32)
    bias = np.array([0.02, 0, 0, -1, -1, -1, -1], np.float32)
    pool = {"kernel_shape": [991], "strides": [270]}
    graph = helper.make_graph(
        [
            helper.make_node("Abs", ["x"], ["loud"]),
            helper.make_node("AveragePool", ["loud"], ["loudness"], **pool),
            helper.make_node("Conv", ["x", "d"], ["changed"], pads=[1, 0]),
            helper.make_node("Abs", ["changed"], ["change"]),
            helper.make_node("AveragePool", ["change"], ["changes"], **pool),
            helper.make_node("Concat", ["loudness", "changes"], ["both"], axis=1),
            helper.make_node("Transpose", ["both"], ["frames"], perm=[0, 2, 1]),
            helper.make_node("MatMul", ["frames", "m"], ["mixed"]),
            helper.make_node("Add", ["mixed", "b"], ["y"]),
        ],
        "turns",
        [_floats("x", ["n", 1, "t"])],
        [_floats("y", ["n", "f", 7])],
        [
            numpy_helper.from_array(difference, "d"),
            numpy_helper.from_array(mixing, "m"),
            numpy_helper.from_array(bias, "b"),
        ],
    )
    about = {
        "model_type": "pyannote-segmentation-3.0",
        "sample_rate": "16000",
        "window_size": "160000",
        "receptive_field_size": "991",
        "receptive_field_shift": "270",
        "num_speakers": "3",
        "powerset_max_classes": "2",
        "num_classes": "7",
    }
    _save(graph, file, about)


def write_prints(file: Path) -> None:
    """An embedding model of 3D-Speaker's shape: 80 bands in, a print of 80 numbers out."""
    graph = helper.make_graph(
        [
            helper.make_node("ReduceMean", ["x"], ["mean"], axes=[1], keepdims=0),
            helper.make_node("ReduceMean", ["mean"], ["level"], axes=[1], keepdims=1),
            helper.make_node("Sub", ["mean", "level"], ["embedding"]),
        ],
        "prints",
        [_floats("x", ["n", "t", 80])],
        [_floats("embedding", ["n", 80])],
    )
    about = {
        "framework": "3d-speaker",
        "language": "English",
        "output_dim": "80",
        "sample_rate": "16000",
        "normalize_samples": "1",
        "feature_normalize_type": "",
    }
    _save(graph, file, about)
