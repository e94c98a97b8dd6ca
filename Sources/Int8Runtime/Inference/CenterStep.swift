extension ModelImage {
  /// The first step of ``prepare(_:)`` alone, for those who measure it: finds where the ink of a picture is and how it
  /// lies.
  ///
  /// - Parameter picture: ``pictureBytes`` pixels at its start.
  /// - Returns: the center of mass, in 256ths of a pixel; zero if there is no ink.
  @inline(never) @discardableResult
  public func findCenter(_ picture: RawSpan) -> (x: Int32, y: Int32) {
    let moments = InkMoments(picture.extracting(0..<pictureBytes))
    if moments.mass == 0 { return (0, 0) }
    let transform = DeskewTransform(moments)
    return (transform.centerX, transform.centerY)
  }
}
