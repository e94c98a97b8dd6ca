#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  /// The working memory of a model where there is a heap, for many pictures one after the other.
  package struct HostArena: Sendable {
    private let layout: ArenaLayout
    private var bytes: [UInt8]

    /// Memory for a model shape.
    package init(_ shape: ModelShape) {
      layout = ArenaLayout(shape)
      bytes = [UInt8](repeating: 0, count: layout.total)
    }

    /// Classifies picture number `index` of several, 784 bytes each.
    ///
    /// - Parameter image: of the model shape that the memory is for.
    package mutating func classify(
      _ index: Int = 0, of pictures: Span<UInt8>, with image: borrowing ModelImage
    ) -> HostLogits {
      var span = bytes.mutableSpan
      var arena = unsafe span.mutableBytes
      arena.storePicture(index, of: pictures)
      return HostLogits(image.classify(&arena))
    }

    /// What the network saw of the last picture.
    package var features: Span<UInt8> {
      @_lifetime(borrow self)
      get { bytes.span.extracting(layout.features..<layout.activations) }
    }

    /// The hidden activations of the last picture, one a unit.
    package var activations: Span<UInt8> {
      @_lifetime(borrow self)
      get { bytes.span.extracting(layout.activations..<layout.logits) }
    }
  }

  extension MutableRawSpan {
    /// Copies picture number `index` of several, 784 bytes each, to the bytes from `offset` on.
    @_lifetime(self: copy self)
    package mutating func storePicture(
      _ index: Int, of pictures: Span<UInt8>, at offset: Int = 0
    ) {
      let picture = pictures.extracting(pictureBytes * index..<pictureBytes * (index + 1))
      for i in 0..<pictureBytes {
        storeBytes(of: picture[i], toByteOffset: offset + i, as: UInt8.self)
      }
    }
  }
#endif
