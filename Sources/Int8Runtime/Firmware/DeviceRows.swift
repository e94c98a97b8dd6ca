// Hosts have `Host/WideRows.swift` in its place.
typealias RowSampler = PackedRows
