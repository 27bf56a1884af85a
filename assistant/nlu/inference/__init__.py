"""Computations built as ONNX graphs here, and run by ONNX Runtime."""
