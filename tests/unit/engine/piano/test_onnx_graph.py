import numpy as np
import onnxruntime as ort

from licklab.engine.piano.onnx_graph import OnnxGraph


def test_a_graph_computes_what_was_written() -> None:
    graph = OnnxGraph()
    x = graph.add_input("x", ("n", 3))
    weight = np.arange(6, dtype=np.float32).reshape(3, 2)
    y = graph.add("MatMul", x, graph.add_constant(weight))
    y = graph.add("Add", y, graph.add_constant(np.float32(0.5)))
    y = graph.add(
        "Slice", y, *(graph.add_constant(np.array([one], np.int64)) for one in (-1, 2, 1))
    )
    y = graph.add("LeakyRelu", graph.add("Transpose", y, perm=(1, 0)), alpha=0.25)
    graph.add_output(y, "y", (1, "n"))
    session = ort.InferenceSession(graph.to_bytes(), providers=["CPUExecutionProvider"])
    given = np.array([[1, 2, 3], [-1, -2, -3]], np.float32)
    (found,) = session.run(["y"], {"x": given})
    expected = (given @ weight + 0.5)[:, 1:].T
    np.testing.assert_allclose(found, np.where(expected < 0, expected / 4, expected))


def test_a_strided_view_is_written_as_it_is_seen() -> None:
    graph = OnnxGraph()
    view = np.arange(12, dtype=np.float32).reshape(3, 4).T[1:]
    graph.add_output(graph.add_constant(view), "y", view.shape)
    session = ort.InferenceSession(graph.to_bytes(), providers=["CPUExecutionProvider"])
    np.testing.assert_array_equal(session.run(["y"], {})[0], view)
