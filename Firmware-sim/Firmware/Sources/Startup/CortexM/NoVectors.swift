/// Nothing to do: this core has no vectors.
@inline(__always)
func enableVectors() {}
