"""The verbs: from samples to notes, one room per stage; `pipeline` alone joins them.

Nothing is imported here, so that the API process can look into a file (`engine.audio.probe`) or ask
which models are installed (`engine.models`) without loading the ONNX runtime.
"""
