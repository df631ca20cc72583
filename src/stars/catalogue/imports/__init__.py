"""Files that staff hand in: read, checked row by row, and only then written."""
