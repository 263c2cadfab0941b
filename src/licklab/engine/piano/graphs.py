"""The piano network as ONNX graphs, made from its weights.

A picture goes through four convolutions, each step of which looks at 8 frames and 4 bands, and then
as a grid of vectors through six layers of attention, along frequency and along time by turns. To
the grid are joined 90 tracks, one for each key and pedal, which start with nothing but their place.
What the tracks have gathered in the end scores every interval between two frames, says whether a
note lasts from the one to the other, and how it was struck.

Three graphs: the tracks of a segment, the scores of some tracks, the attributes of some notes.
Scales and projections that follow one another are multiplied out while the graphs are made.

Yan & Duan, "Scoring Time Intervals using Non-Hierarchical Transformer for Automatic Piano
Transcription", ISMIR 2024.
"""

import math

import numpy as np
import numpy.typing as npt

from licklab.engine.piano.checkpoint import Weights
from licklab.engine.piano.features import PREFIX, count_bins
from licklab.engine.piano.layout import (
    N_MEL_BANDS,
    N_PATCHES,
    PATCH_FRAMES,
    SEGMENT_FRAMES,
    TRACKS,
)
from licklab.engine.piano.onnx_graph import OnnxGraph

Array = npt.NDArray[np.float32]

_N_WINDOWS = 6
# Added to the power of a band.
_FLOOR = 1e-5
_N_LAYERS = 6
_N_HEADS = 8
_N_GROUPS = 4
_NORM_EPSILON = 1e-6
_GROUP_EPSILON = 1e-5
_N_TRACKS = len(TRACKS)
# Strides of the convolutions along time and frequency, and the silence put around their picture.
_STRIDES = ((2, 1), (2, 2), (2, 2), (1, 1))
_CONVOLUTIONS = (1, 5, 9, 13)
_BEFORE, _AFTER = (4, 2), (3, 1)
_N_BANDS = (N_MEL_BANDS + _BEFORE[1] + _AFTER[1]) // 4
# One row of time and one of frequency that belong to no place gather what is everywhere.
_N_TIMES, _N_PLACES = N_PATCHES + 1, _N_BANDS + 1


def make_position_graph(weights: Weights, name: str) -> bytes:
    """Make the graph that turns coordinates into vectors.

    Parameters
    ----------
    weights : mapping of str to array
        Of the network.
    name : str
        Of one of its three embeddings.

    Returns
    -------
    bytes
        An ONNX model: `coordinates`, shape=(n, n_coordinates), to `vectors`, shape=(n, size).
    """
    prefix = f"backbone.{name}."
    projection = weights[prefix + "proj.weight"]
    graph = OnnxGraph()
    at = graph.add_input("coordinates", ("n", projection.shape[1]))
    phase = _linear(graph, at, projection, weights[prefix + "proj.bias"])
    size = graph.add_constant(np.float32(1 / math.sqrt(len(projection) / 2)))
    wave = graph.add("Mul", graph.add("Cos", phase), size)
    vectors = _perceptron(graph, wave, weights, prefix + "mlp.")
    graph.add_output(vectors, "vectors", ("n", len(projection)))
    return graph.to_bytes()


def band_coordinates() -> Array:
    """Give the places of the bands.

    Returns
    -------
    array, shape=(229, 1)
        For the embedding `posEmbedBuilder`.
    """
    return np.arange(N_MEL_BANDS, dtype=np.float32)[:, np.newaxis]


def grid_coordinates() -> tuple[Array, Array]:
    """Give the places on the grid, time and frequency or track.

    Returns
    -------
    array, shape=(89 * 59, 2)
        For the embedding `posEmbedBuilderAttnTF`.
    array, shape=(89 * 90, 2)
        For the embedding `posEmbedBuilderAttnTE`.
    """
    times = np.arange(_N_TIMES, dtype=np.float32)
    frequencies = np.arange(_N_PLACES, dtype=np.float32)
    first, second = (
        np.stack(np.meshgrid(times, other, indexing="ij"), axis=-1).reshape(-1, 2)
        for other in (frequencies, TRACKS)
    )
    return first, second


def join_grid(frequencies: Array, tracks: Array) -> Array:
    """Join the vectors of both kinds of places.

    Parameters
    ----------
    frequencies : array, shape=(89 * 59, 256)
        Vectors of the first coordinates of `grid_coordinates`.
    tracks : array, shape=(89 * 90, 256)
        And of the second.

    Returns
    -------
    array, shape=(89, 149, 256)
        Time, then frequencies and tracks.
    """
    parts = (one.reshape(_N_TIMES, -1, one.shape[-1]) for one in (frequencies, tracks))
    return np.concatenate(list(parts), axis=1)


def make_track_graph(weights: Weights, band_places: Array, places: Array) -> bytes:
    """Make the graph that listens to a segment.

    Parameters
    ----------
    weights : mapping of str to array
        Of the network.
    band_places : array, shape=(229, 64)
        Vectors of the bands' places.
    places : array, shape=(89, 149, 256)
        Vectors of all places of the grid: time, then frequency and tracks.

    Returns
    -------
    bytes
        An ONNX model: `powers`, shape=(1, 6, 691, n_bins), to `tracks`, shape=(90, 88, 256).
    """
    graph = OnnxGraph()
    bands = weights[PREFIX + "freq2mels"][: count_bins(weights)]
    powers = graph.add_input("powers", (1, _N_WINDOWS, SEGMENT_FRAMES, len(bands)))
    picture = _make_picture(graph, powers, bands)
    grid = _convolve(graph, picture, weights, band_places)
    n_added = _N_TRACKS
    pads = graph.add_constant(np.array([1, 1, 0, 0, n_added, 0], np.int64))
    grid = graph.add("Add", graph.add("Pad", grid, pads), graph.add_constant(places))
    for layer in range(_N_LAYERS):
        grid = _attend(graph, grid, weights, layer, only_tracks=layer == _N_LAYERS - 1)
    # The last layer leaves tracks first; the row of time that is no time goes.
    tracks = _slice(graph, grid, 1, 1, _N_TIMES)
    graph.add_output(tracks, "tracks", (_N_TRACKS, N_PATCHES, _vector_size(weights)))
    return graph.to_bytes()


def make_score_graph(weights: Weights) -> bytes:
    """Make the graph that scores intervals.

    Parameters
    ----------
    weights : mapping of str to array
        Of the network.

    Returns
    -------
    bytes
        An ONNX model: `tracks`, shape=(n, 88, 256), to `scores`, shape=(n, 691, 691), of an
        interval from one frame to another, and `single`, shape=(n, 691), of one that begins and
        ends in the same frame.
    """
    up, up_bias = _expansion(weights)
    projection, bias = weights["scorer.map.0.weight"], weights["scorer.map.0.bias"]
    size = (len(projection) - 1) // 2
    graph = OnnxGraph()
    tracks = graph.add_input("tracks", ("n", N_PATCHES, _vector_size(weights)))
    # The scores are scaled by the size of the vectors; one of both sides is enough.
    ends = (
        projection[:size] / np.float32(math.sqrt(size)),
        bias[:size] / np.float32(math.sqrt(size)),
    )
    begins = projection[size : 2 * size], bias[size : 2 * size]
    single = projection[2 * size :], bias[2 * size :]

    def project(weight: Array, offset: Array) -> str:
        # What is expanded is projected at once, by the product of both matrices.
        joined: Array = np.einsum("ipo,ko->ipk", up, weight)
        return _expand(graph, tracks, joined, weight @ up_bias + offset)

    end, begin, alone = project(*ends), project(*begins), project(*single)
    per_frame = graph.add("MatMul", begin, graph.add("Transpose", end, perm=(0, 2, 1)))
    frames = np.arange(SEGMENT_FRAMES, dtype=np.float32)
    lengths = graph.add_constant(np.abs(frames - frames[:, np.newaxis]))
    scores = graph.add("Mul", per_frame, lengths)
    graph.add_output(scores, "scores", ("n", SEGMENT_FRAMES, SEGMENT_FRAMES))
    flat = graph.add("Squeeze", alone, graph.add_constant(np.array([2], np.int64)))
    graph.add_output(flat, "single", ("n", SEGMENT_FRAMES))
    return graph.to_bytes()


def make_attribute_graph(weights: Weights) -> bytes:
    """Make the graph that tells how notes were struck and when exactly.

    Parameters
    ----------
    weights : mapping of str to array
        Of the network.

    Returns
    -------
    bytes
        An ONNX model. It takes the step of time in which each note begins and ends: `begin` and
        `end`, shape=(n, 256), of its track, and `begin_frame` and `end_frame`, shape=(n, 8, 1),
        which are 1 for the frame in that step. It gives `velocity`, shape=(n, 128), log odds, and
        `edges`, shape=(n, 4): log odds of where in its frame the note begins and ends, and that it
        begins and ends inside the segment.
    """
    size = _vector_size(weights)
    graph = OnnxGraph()
    begin, end = (_pick_frame(graph, weights, name, size) for name in ("begin", "end"))
    joined = graph.add("Concat", begin, end, graph.add("Mul", begin, end), axis=1)
    velocity = _perceptron(graph, joined, weights, "velocityPredictor.")
    edges = _perceptron(graph, joined, weights, "refinedOFPredictor.")
    graph.add_output(velocity, "velocity", ("n", 128))
    graph.add_output(edges, "edges", ("n", 4))
    return graph.to_bytes()


def _vector_size(weights: Weights) -> int:
    return len(weights["backbone.encoderLayers.0.mhaBlockF.scale"])


def _expansion(weights: Weights) -> tuple[Array, Array]:
    up = weights["backbone.upConv1dSkip.weight"].transpose(0, 2, 1)
    return up, weights["backbone.upConv1dSkip.bias"]


def _expand(graph: OnnxGraph, tracks: str, weight: Array, bias: Array) -> str:
    """Turn each step of time into its frames."""
    n_in, n_frames, n_out = weight.shape
    flat = graph.add("MatMul", tracks, graph.add_constant(weight.reshape(n_in, n_frames * n_out)))
    shape = graph.add_constant(np.array([0, N_PATCHES * PATCH_FRAMES, n_out], np.int64))
    frames = _slice(graph, graph.add("Reshape", flat, shape), 1, 0, SEGMENT_FRAMES)
    return graph.add("Add", frames, graph.add_constant(bias))


def _pick_frame(graph: OnnxGraph, weights: Weights, name: str, size: int) -> str:
    """Give what a track has gathered in one frame of a step of time."""
    step = graph.add_input(name, ("n", size))
    frame = graph.add_input(f"{name}_frame", ("n", PATCH_FRAMES, 1))
    up, bias = _expansion(weights)
    flat = _matmul(graph, step, up.reshape(size, -1))
    shape = graph.add_constant(np.array([0, PATCH_FRAMES, -1], np.int64))
    frames = graph.add("Mul", graph.add("Reshape", flat, shape), frame)
    axis = graph.add_constant(np.array([1], np.int64))
    return graph.add(
        "Add", graph.add("ReduceSum", frames, axis, keepdims=0), graph.add_constant(bias)
    )


def _make_picture(graph: OnnxGraph, powers: str, bands: Array) -> str:
    """Sum powers into bands and take logarithms, scaled so that silence is 0."""
    sums = graph.add("Add", _matmul(graph, powers, bands), graph.add_constant(np.float32(_FLOOR)))
    scale = graph.add_constant(np.float32(-1 / math.log(_FLOOR)))
    scaled = graph.add("Mul", graph.add("Log", sums), scale)
    return graph.add("Add", scaled, graph.add_constant(np.float32(1)))


def _convolve(graph: OnnxGraph, picture: str, weights: Weights, band_places: Array) -> str:
    """Go through the convolutions; the result has time, frequency, channels."""
    first = "backbone.inputConv."
    kernel = weights[first + "weight"]
    h = graph.add(
        "Conv", picture, graph.add_constant(kernel), kernel_shape=(3, 3), pads=(1, 1, 1, 1)
    )
    # The bias of the convolution is added with the places: both are the same in every frame.
    offsets = band_places.T[:, np.newaxis] + weights[first + "bias"][:, np.newaxis, np.newaxis]
    h = graph.add("Add", h, graph.add_constant(offsets))
    pads = np.array([0, 0, *_BEFORE, 0, 0, *_AFTER], np.int64)
    h = graph.add("Pad", h, graph.add_constant(pads))
    for number, strides in zip(_CONVOLUTIONS, _STRIDES, strict=True):
        prefix = f"backbone.downConv.{number}."
        norm = f"backbone.downConv.{number + 1}."
        h = graph.add(
            "Conv", h, graph.add_constant(weights[prefix + "weight"]),
            graph.add_constant(weights[prefix + "bias"]),
            kernel_shape=(3, 3), pads=(1, 1, 1, 1), strides=strides,
        )  # fmt: skip
        h = _normalise_groups(graph, h, weights[norm + "weight"], weights[norm + "bias"])
        if number != _CONVOLUTIONS[-1]:
            h = graph.add("Gelu", h)
    h = graph.add("Squeeze", h, graph.add_constant(np.array([0], np.int64)))
    return graph.add("Transpose", h, perm=(1, 2, 0))


def _normalise_groups(graph: OnnxGraph, h: str, scale: Array, bias: Array) -> str:
    """Normalise over groups of channels; ONNX has this for each channel only, before opset 21."""
    grouped = graph.add("Reshape", h, graph.add_constant(np.array([1, _N_GROUPS, -1], np.int64)))
    normal = graph.add(
        "InstanceNormalization", grouped,
        graph.add_constant(np.ones(_N_GROUPS, np.float32)),
        graph.add_constant(np.zeros(_N_GROUPS, np.float32)),
        epsilon=_GROUP_EPSILON,
    )  # fmt: skip
    back = graph.add("Reshape", normal, graph.add("Shape", h))
    column = (-1, 1, 1)
    scaled = graph.add("Mul", back, graph.add_constant(scale.reshape(column)))
    return graph.add("Add", scaled, graph.add_constant(bias.reshape(column)))


def _attend(graph: OnnxGraph, grid: str, weights: Weights, layer: int, *, only_tracks: bool) -> str:
    """Go through a layer: along frequency, then along time.

    Keys and values of both come from what entered the layer. The last layer computes only what the
    tracks need, and leaves time and tracks exchanged.
    """
    prefix = f"backbone.encoderLayers.{layer}."
    memory, h = grid, grid
    if only_tracks:
        h = _slice(graph, h, 1, _N_PLACES, _N_PLACES + _N_TRACKS)
    h = _mix(graph, h, memory, weights, prefix + "mhaBlockF.")
    h = _feed(graph, h, weights, prefix + "fnnBlockF.")
    if only_tracks:
        memory = _slice(graph, memory, 1, _N_PLACES, _N_PLACES + _N_TRACKS)
    memory = graph.add("Transpose", memory, perm=(1, 0, 2))
    h = graph.add("Transpose", h, perm=(1, 0, 2))
    h = _mix(graph, h, memory, weights, prefix + "mhaBlockT.")
    h = _feed(graph, h, weights, prefix + "fnnBlockT.")
    return h if only_tracks else graph.add("Transpose", h, perm=(1, 0, 2))


def _mix(graph: OnnxGraph, h: str, memory: str, weights: Weights, prefix: str) -> str:
    """Add what attention finds along the second axis."""
    module = prefix + "module."
    query = _matmul(graph, _normalise(graph, h, weights), weights[module + "q_proj_weight"])
    key = _matmul(graph, memory, weights[module + "k_proj_weight"])
    value = _matmul(graph, memory, weights[module + "v_proj_weight"])
    found = graph.add("MultiHeadAttention", query, key, value, contrib=True, num_heads=_N_HEADS)
    scale = weights[prefix + "scale"]
    weight = weights[module + "out_proj.weight"] * scale[:, np.newaxis]
    out = _linear(graph, found, weight, weights[module + "out_proj.bias"] * scale)
    return graph.add("Add", h, out)


def _feed(graph: OnnxGraph, h: str, weights: Weights, prefix: str) -> str:
    """Add what a perceptron makes of each vector."""
    normal = _normalise(graph, h, weights)
    out = _perceptron(graph, normal, weights, prefix + "module.", weights[prefix + "scale"])
    return graph.add("Add", h, out)


def _normalise(graph: OnnxGraph, h: str, weights: Weights) -> str:
    """Bring each vector to a mean square of 1."""
    ones = graph.add_constant(np.ones(_vector_size(weights), np.float32))
    return graph.add("SimplifiedLayerNormalization", h, ones, epsilon=_NORM_EPSILON, axis=-1)


def _perceptron(
    graph: OnnxGraph, h: str, weights: Weights, prefix: str, scale: Array | None = None
) -> str:
    inner, outer = prefix + "0.", prefix + "3."
    h = graph.add("Gelu", _linear(graph, h, weights[inner + "weight"], weights[inner + "bias"]))
    weight, bias = weights[outer + "weight"], weights[outer + "bias"]
    if scale is not None:
        weight, bias = weight * scale[:, np.newaxis], bias * scale
    return _linear(graph, h, weight, bias)


def _linear(graph: OnnxGraph, h: str, weight: Array, bias: Array) -> str:
    """Multiply by the transpose of a matrix, as PyTorch keeps it, and add a bias."""
    return graph.add("Add", _matmul(graph, h, weight.T), graph.add_constant(bias))


def _matmul(graph: OnnxGraph, h: str, weight: Array) -> str:
    return graph.add("MatMul", h, graph.add_constant(weight))


def _slice(graph: OnnxGraph, h: str, axis: int, start: int, end: int) -> str:
    numbers = (graph.add_constant(np.array([one], np.int64)) for one in (start, end, axis))
    return graph.add("Slice", h, *numbers)
