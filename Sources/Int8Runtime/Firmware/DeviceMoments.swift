#if hasFeature(Embedded) && (arch(arm) || arch(riscv32))
  extension InkMoments {
    /// Of a picture of ``pictureBytes``.
    init(_ picture: RawSpan) {
      self.init(byWords: picture)
    }
  }
#endif
