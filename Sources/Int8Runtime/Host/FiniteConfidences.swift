#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  extension ModelImage {
    /// Whether the largest logit that 32 bits hold, as a real number and divided by the temperature, is
    /// finite, and the difference of two such: the quotient is below 2 to the difference of the exponents
    /// and one, and must be at most 2⁹⁵, of which 2³² are below 2¹²⁷. Images in use are far below 1.
    ///
    /// Both numbers are known to be positive and normal.
    var hasFiniteConfidences: Bool {
      let scale = Int32(truncatingIfNeeded: bytes.unsigned(Header.logitScale) &>> 23)
      let temperature = Int32(truncatingIfNeeded: bytes.unsigned(Header.temperature) &>> 23)
      return scale &- temperature < 95
    }
  }
#endif
