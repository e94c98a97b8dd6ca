#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  extension InkMoments {
    /// Of a picture of ``pictureBytes``, by a host's wide vectors; what ``init(byWords:)`` gives.
    init(_ picture: RawSpan) {
      let sums = inkSums(of: picture)
      mass = sums.mass
      x = sums.x
      y = sums.y
      xx = sums.xx
      xy = sums.xy
      yy = sums.yy
    }
  }
#endif
