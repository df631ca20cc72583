"""What the worker does for applications."""
