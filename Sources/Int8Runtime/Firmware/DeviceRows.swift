#if hasFeature(Embedded) && (arch(arm) || arch(riscv32))
  // Hosts have `Host/WideRows.swift` in its place.
  typealias RowSampler = PackedRows
#endif
