#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  import Builtin

  /// Thirty-two pixels, of which any sixteen and their neighbors to the right are found at once: by an
  /// instruction that looks bytes up in a table, where the processor has one.
  struct PixelTable {
    #if canImport(TargetHasFMA) && arch(x86_64)
      /// The first sixteen pixels, twice, the last sixteen, twice: the instruction looks up in one half of
      /// a register at a time.
      private let first, last: SIMD32<UInt8>

      /// A table of twice sixteen bytes.
      @inline(__always)
      init(first: UInt128, last: UInt128) {
        self.first = SIMD32(lowHalf: lanes(first), highHalf: lanes(first))
        self.last = SIMD32(lowHalf: lanes(last), highHalf: lanes(last))
      }

      /// For sixteen indices, 0 ... 30, the pixel there, and in the upper byte its neighbor to the right.
      @inline(__always)
      func pairs(at offsets: SIMD16<UInt16>) -> SIMD16<UInt16> {
        let both = offsets &* 257 &+ 256
        let index = unsafe unsafeBitCast(both, to: SIMD32<UInt8>.self)
        // The highest bit of a byte chooses: that of 16 of the index.
        let choice = unsafe unsafeBitCast(both &<< 3, to: SIMD32<UInt8>.self)
        var result = SIMD32<UInt8>()
        result._storage._value = Builtin.int_x86_avx2_pblendvb(
          Builtin.int_x86_avx2_pshuf_b(first._storage._value, index._storage._value),
          Builtin.int_x86_avx2_pshuf_b(last._storage._value, index._storage._value),
          choice._storage._value)
        return unsafe unsafeBitCast(result, to: SIMD16<UInt16>.self)
      }
    #elseif arch(arm64) || canImport(TargetHasSIMD128)
      private let first, last: SIMD16<UInt8>

      /// A table of twice sixteen bytes.
      @inline(__always)
      init(first: UInt128, last: UInt128) {
        self.first = lanes(first)
        self.last = lanes(last)
      }

      /// For sixteen indices, 0 ... 30, the pixel there, and in the upper byte its neighbor to the right.
      @inline(__always)
      func pairs(at offsets: SIMD16<UInt16>) -> SIMD16<UInt16> {
        let index = unsafe unsafeBitCast(offsets &* 257 &+ 256, to: SIMD32<UInt8>.self)
        return unsafe unsafeBitCast(
          SIMD32(lowHalf: found(index.lowHalf), highHalf: found(index.highHalf)),
          to: SIMD16<UInt16>.self)
      }

      #if arch(arm64)
        @inline(__always)
        private func found(_ index: SIMD16<UInt8>) -> SIMD16<UInt8> {
          var result = SIMD16<UInt8>()
          result._storage._value = Builtin.int_aarch64_neon_tbl2_Vec16xInt8(
            first._storage._value, last._storage._value, index._storage._value)
          return result
        }
      #else
        /// `i8x16.swizzle` gives 0 for an index that is not in its table, so that one of the two halves is 0.
        @inline(__always)
        private func found(_ index: SIMD16<UInt8>) -> SIMD16<UInt8> {
          var (low, high) = (SIMD16<UInt8>(), SIMD16<UInt8>())
          low._storage._value = Builtin.int_wasm_swizzle(
            first._storage._value, index._storage._value)
          high._storage._value = Builtin.int_wasm_swizzle(
            last._storage._value, (index &- 16)._storage._value)
          return low | high
        }
      #endif
    #else
      private let table: PlainPixelTable

      /// A table of twice sixteen bytes.
      @inline(__always)
      init(first: UInt128, last: UInt128) { table = PlainPixelTable(first: first, last: last) }

      /// For sixteen indices, 0 ... 30, the pixel there, and in the upper byte its neighbor to the right.
      @inline(__always)
      func pairs(at offsets: SIMD16<UInt16>) -> SIMD16<UInt16> { table.pairs(at: offsets) }
    #endif
  }

  /// What ``PixelTable`` does, pixel by pixel, for processors without such an instruction.
  struct PlainPixelTable {
    private var bytes = InlineArray<32, UInt8>(repeating: 0)

    /// A table of twice sixteen bytes.
    init(first: UInt128, last: UInt128) {
      for i in 0..<16 {
        bytes[i] = lanes(first)[i]
        bytes[16 &+ i] = lanes(last)[i]
      }
    }

    /// For sixteen indices, 0 ... 30, the pixel there, and in the upper byte its neighbor to the right.
    func pairs(at offsets: SIMD16<UInt16>) -> SIMD16<UInt16> {
      var result = SIMD16<UInt16>()
      for lane in 0..<16 {
        let offset = Int(offsets[lane])
        result[lane] = UInt16(bytes[offset]) | UInt16(bytes[offset &+ 1]) &<< 8
      }
      return result
    }
  }
#endif
